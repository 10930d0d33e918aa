//! Names: which tables and columns a place in a statement can see. In goes an identifier, out comes the column that it
//! means, or why it means none or several (PostgreSQL 7.2 and 7.8, SQLite "SELECT" 2.1).

use std::ops::Range;
use std::rc::Rc;

use sqlparser::ast::Ident;

use super::dialect::Dialect;
use super::grouping::Grouped;
use super::judge::{Judge, Typed};
use super::problem::{Problem, nearest};
use super::schema::Table;
use super::types::Ty;

/// What one query sees: its own tables, then those of the query around it.
#[derive(Clone)]
pub(crate) struct Scope<'p> {
    pub(crate) relations: Vec<Relation>,
    pub(crate) parent: Option<&'p Scope<'p>>,
    pub(crate) ctes: Rc<Vec<Cte>>,
    /// Names that the select list gives, where the dialect lets a clause use them.
    pub(crate) aliases: Vec<(String, Typed)>,
    pub(crate) grouped: Option<Grouped>,
    pub(crate) clause: Clause,
    /// Inside a query of WITH.
    pub(crate) in_cte: bool,
}

/// Where an expression stands: aggregates and window functions are allowed in some clauses only.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Clause {
    /// The select list, ORDER BY: everything is allowed.
    Free,
    /// HAVING: aggregates are, window functions are not.
    Having,
    /// WHERE, ON, GROUP BY, SET, VALUES, RETURNING: neither is.
    Plain(&'static str),
    /// Inside an aggregate's arguments.
    Aggregate,
    /// Inside a window function's arguments and definition.
    Window,
}

#[derive(Clone)]
pub(crate) struct Cte {
    pub(crate) name: String,
    pub(crate) columns: Vec<ScopeColumn>,
    pub(crate) opaque: bool,
}

#[derive(Clone)]
pub(crate) struct Relation {
    /// The alias, or the table's own name; folded. Empty for one that has no name.
    pub(crate) name: String,
    pub(crate) namespace: Option<String>,
    pub(crate) columns: Vec<ScopeColumn>,
    /// The columns are not known: a name that is missing elsewhere may be one of them.
    pub(crate) opaque: bool,
    /// SQLite's hidden columns; the place of the one that is declared for it.
    pub(crate) rowid: Option<Option<usize>>,
    /// An outer join may leave the row out.
    pub(crate) rowid_nullable: bool,
    /// SQLite's full-text tables have a column of their own name, and `rank`.
    pub(crate) full_text: bool,
    /// A base table of PostgreSQL has `ctid`, `xmin`, ….
    pub(crate) system_columns: bool,
    /// The function that a FROM clause calls gives one column, which the alias names too.
    pub(crate) scalar: bool,
    /// Only its qualified names are seen (`excluded`, and the target of PostgreSQL's `ON CONFLICT` is seen before it).
    pub(crate) qualified_only: bool,
    /// The columns of its primary key, by place.
    pub(crate) primary: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct ScopeColumn {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) nullable: bool,
    pub(crate) from: Option<(String, String)>,
    /// Merged away by USING or NATURAL: seen with its table's name only, and not by `*`.
    pub(crate) merged: bool,
}

impl ScopeColumn {
    pub(crate) fn typed(&self) -> Typed {
        Typed { from: self.from.clone(), column: Some(self.name.clone()), ..Typed::new(self.ty.clone(), self.nullable) }
    }
}

impl Relation {
    pub(crate) fn of_columns(name: String, columns: Vec<ScopeColumn>) -> Self {
        Self {
            name,
            namespace: None,
            columns,
            opaque: false,
            rowid: None,
            rowid_nullable: false,
            full_text: false,
            system_columns: false,
            scalar: false,
            qualified_only: false,
            primary: Vec::new(),
        }
    }

    pub(crate) fn opaque(name: String) -> Self {
        Self { opaque: true, ..Self::of_columns(name, Vec::new()) }
    }

    pub(crate) fn of_table(table: &Table, name: String, dialect: Dialect) -> Self {
        let columns: Vec<ScopeColumn> = table
            .columns
            .iter()
            .map(|column| ScopeColumn {
                key: column.key.clone(),
                name: column.name.clone(),
                ty: column.sql.clone(),
                nullable: column.nullable,
                from: Some((table.full_name(), column.name.clone())),
                merged: false,
            })
            .collect();
        let primary = table.uniques.first().map(|keys| {
            columns.iter().enumerate().filter(|(_, column)| keys.contains(&column.key)).map(|(at, _)| at).collect()
        });
        Self {
            namespace: Some(table.namespace.clone().unwrap_or_default()),
            opaque: table.uncertain,
            rowid: (dialect == Dialect::Sqlite && table.has_rowid)
                .then(|| table.columns.iter().position(|column| Some(&column.key) == table.rowid.as_ref())),
            full_text: table.kind == super::TableKind::Virtual,
            system_columns: dialect == Dialect::Postgres && table.kind == super::TableKind::Table,
            primary: primary.unwrap_or_default(),
            ..Self::of_columns(name, columns)
        }
    }

    pub(crate) fn make_nullable(&mut self) {
        self.columns.iter_mut().for_each(|column| column.nullable = true);
        self.rowid_nullable = true;
    }

    /// The columns that every table has without declaring them.
    fn hidden(&self, key: &str) -> Option<Typed> {
        if let (Some(own), "rowid" | "_rowid_" | "oid") = (self.rowid, key) {
            let declared = own.and_then(|place| self.columns.get(place));
            return Some(declared.map_or_else(
                || Typed { column: Some("rowid".to_owned()), ..Typed::new(super::types::INT8, self.rowid_nullable) },
                ScopeColumn::typed,
            ));
        }
        if self.full_text && (key == self.name || key == "rank") {
            return Some(Typed::any());
        }
        let ty = match key {
            "ctid" => "tid",
            "xmin" | "xmax" => "xid",
            "cmin" | "cmax" => "cid",
            "tableoid" => "oid",
            _ => return None,
        };
        self.system_columns.then(|| Typed::new(Ty::fixed(ty), true))
    }
}

/// A column that was found: the scope's distance, the relation, the place in it.
pub(crate) struct Found {
    pub(crate) typed: Typed,
    pub(crate) at: Option<(usize, usize)>,
    pub(crate) level: usize,
}

enum Answer {
    Found(Found),
    Ambiguous,
    Unsure,
    None,
}

impl<'p> Scope<'p> {
    pub(crate) fn top() -> Self {
        Self::new(None, Rc::new(Vec::new()))
    }

    pub(crate) fn new(parent: Option<&'p Scope<'p>>, ctes: Rc<Vec<Cte>>) -> Self {
        Self {
            relations: Vec::new(),
            parent,
            ctes,
            aliases: Vec::new(),
            grouped: None,
            clause: Clause::Free,
            in_cte: false,
        }
    }

    /// A scope for a query inside this one.
    pub(crate) fn inner(&'p self) -> Scope<'p> {
        Scope { in_cte: self.in_cte, ..Scope::new(Some(self), Rc::clone(&self.ctes)) }
    }

    pub(crate) fn within(&self, clause: Clause) -> Scope<'p> {
        Scope { clause, ..self.clone() }
    }

    pub(crate) fn with_cte(&mut self, cte: Cte) {
        Rc::make_mut(&mut self.ctes).push(cte);
    }

    fn levels(&self) -> impl Iterator<Item = (usize, &Scope<'p>)> {
        let mut next = Some(self);
        std::iter::from_fn(move || {
            let scope = next?;
            next = scope.parent;
            Some(scope)
        })
        .enumerate()
    }

    fn unqualified(&self, key: &str) -> Answer {
        for (level, scope) in self.levels() {
            let mut matches = Vec::new();
            for (relation, own) in scope.relations.iter().enumerate().filter(|(_, own)| !own.qualified_only) {
                for (at, column) in own.columns.iter().enumerate() {
                    if column.key == key && !column.merged {
                        matches.push((relation, at, column));
                    }
                }
            }
            match matches.as_slice() {
                [(relation, at, column)] => {
                    return Answer::Found(Found { typed: column.typed(), at: Some((*relation, *at)), level });
                }
                [] => {}
                _ => return Answer::Ambiguous,
            }
            if scope.relations.iter().any(|own| own.opaque) {
                return Answer::Unsure;
            }
            let mut hidden = scope.relations.iter().filter_map(|own| own.hidden(key));
            if let Some(typed) = hidden.next() {
                let ambiguous = hidden.next().is_some();
                return if ambiguous { Answer::Ambiguous } else { Answer::Found(Found { typed, at: None, level }) };
            }
            if let Some((_, typed)) = scope.aliases.iter().find(|(alias, _)| alias == key) {
                return Answer::Found(Found { typed: typed.clone(), at: None, level });
            }
        }
        Answer::None
    }

    /// The relation that a qualifier names, with its scope's distance and its place.
    pub(crate) fn relation(&self, namespace: Option<&str>, name: &str) -> Option<(usize, usize, &Relation)> {
        self.levels().find_map(|(level, scope)| {
            let found = scope.relations.iter().enumerate().find(|(_, own)| {
                own.name == name && namespace.is_none_or(|wanted| own.namespace.as_deref() == Some(wanted))
            });
            found.map(|(at, relation)| (level, at, relation))
        })
    }

    /// Every name that could have been meant, for a suggestion.
    fn column_names(&self) -> impl Iterator<Item = &str> {
        self.levels()
            .flat_map(|(_, scope)| scope.relations.iter().flat_map(|own| own.columns.iter().map(|c| c.name.as_str())))
    }

    fn relation_names(&self) -> impl Iterator<Item = &str> {
        self.levels().flat_map(|(_, scope)| scope.relations.iter().map(|own| own.name.as_str()))
    }

    fn level(&self, distance: usize) -> Option<&Scope<'p>> {
        self.levels().nth(distance).map(|(_, scope)| scope)
    }
}

impl Judge<'_> {
    pub(crate) fn column(&mut self, scope: &Scope<'_>, ident: &Ident) -> Typed {
        let key = self.dialect.column_name(ident);
        let span = self.source.ident(ident);
        match scope.unqualified(&key) {
            Answer::Found(found) => self.grouped(scope, found, &ident.value, span),
            Answer::Ambiguous => self.ambiguous(scope, ident, &key, span),
            Answer::Unsure => self.unsure_column(span),
            Answer::None => self.no_column(scope, ident, &key, span),
        }
    }

    fn unsure_column(&mut self, span: Range<usize>) -> Typed {
        // If the table itself was the problem, its columns need not be named too.
        if self.is_content() {
            self.cannot_judge(span, "the columns of this table are not known")
        } else {
            Typed::any()
        }
    }

    fn ambiguous(&mut self, scope: &Scope<'_>, ident: &Ident, key: &str, span: Range<usize>) -> Typed {
        let mut tables = scope.relations.iter().filter(|own| own.columns.iter().any(|column| column.key == key));
        let help = match (tables.next(), tables.next()) {
            (Some(one), Some(other)) if !one.name.is_empty() && !other.name.is_empty() => {
                Some(format!("write `{}.{ident}` or `{}.{ident}`", one.name, other.name, ident = ident.value))
            }
            _ => None,
        };
        self.problem(Problem::refused(span, format!("column `{}` is ambiguous", ident.value)).maybe_help(help));
        Typed::any()
    }

    fn no_column(&mut self, scope: &Scope<'_>, ident: &Ident, key: &str, span: Range<usize>) -> Typed {
        // MariaDB's variables have no declared type.
        if self.dialect == Dialect::Mysql && ident.quote_style.is_none() && ident.value.starts_with('@') {
            return Typed::any();
        }
        // PostgreSQL: the name of a table is its row, or the value of a function that gives one column.
        if self.dialect == Dialect::Postgres
            && let Some((_, _, relation)) = scope.relation(None, key)
        {
            let scalar = relation.scalar.then(|| relation.columns.first()).flatten();
            return scalar.map_or_else(|| Typed::new(Ty::fixed("record"), true), ScopeColumn::typed);
        }
        if self.dialect == Dialect::Sqlite && ident.quote_style == Some('"') {
            let message = format!("no column `{}`, and text in double quotes is not checked", ident.value);
            let help = format!("text stands in single quotes: `'{}'`", ident.value);
            self.problem(Problem::cannot_judge(span, message).help(help));
            return Typed::any();
        }
        let near = nearest(&ident.value, scope.column_names()).map(|name| format!("did you mean `{name}`?"));
        self.problem(Problem::refused(span, format!("no column `{}`", ident.value)).maybe_help(near));
        Typed::any()
    }

    pub(crate) fn qualified_column(&mut self, scope: &Scope<'_>, parts: &[Ident]) -> Typed {
        let Some((column, qualifier)) = parts.split_last() else { return Typed::any() };
        let Some((table, namespace)) = qualifier.split_last() else { return self.column(scope, column) };
        let table_key = self.dialect.table_name(table);
        let namespace = namespace.last().map(|ident| self.namespace_key(ident));
        let found = scope.relation(namespace.as_deref(), &table_key);
        let Some((level, at, relation)) = found else { return self.no_relation(scope, parts, table, &table_key) };
        let key = self.dialect.column_name(column);
        if let Some((place, own)) = relation.columns.iter().enumerate().find(|(_, own)| own.key == key) {
            let found = Found { typed: own.typed(), at: Some((at, place)), level };
            return self.grouped(scope, found, &column.value, self.source.ident(column));
        }
        if let Some(typed) = relation.hidden(&key) {
            return typed;
        }
        if relation.opaque {
            return self.unsure_column(self.source.ident(column));
        }
        let near = nearest(&column.value, relation.columns.iter().map(|column| column.name.as_str()));
        let help = near.map(|name| format!("did you mean `{name}`?"));
        let message = format!("no column `{}` in `{}`", column.value, table.value);
        let span = self.source.ident(column);
        self.problem(Problem::refused(span, message).maybe_help(help));
        Typed::any()
    }

    fn namespace_key(&self, ident: &Ident) -> String {
        let name = self.dialect.table_name(ident);
        match (self.dialect, name.as_str()) {
            (Dialect::Postgres, "public") | (Dialect::Sqlite, "main" | "temp") => String::new(),
            _ => name,
        }
    }

    fn no_relation(&mut self, scope: &Scope<'_>, parts: &[Ident], table: &Ident, key: &str) -> Typed {
        // `(column).field` without its parentheses, and a column of a composite type: PostgreSQL only.
        if self.dialect == Dialect::Postgres
            && parts.len() > 2
            && parts.first().is_some_and(|first| scope.relation(None, &self.dialect.table_name(first)).is_some())
        {
            return self.cannot_judge(self.source.ident(table), format!("`{}` is no table here", table.value));
        }
        let near = nearest(key, scope.relation_names()).map(|name| format!("did you mean `{name}`?"));
        let help = near.or_else(|| self.hidden_by_alias(scope, key));
        let span = self.source.ident(table);
        self.problem(Problem::refused(span, format!("no table `{}` in this FROM", table.value)).maybe_help(help));
        Typed::any()
    }

    fn hidden_by_alias(&self, scope: &Scope<'_>, key: &str) -> Option<String> {
        let from = |own: &Relation| own.columns.first().and_then(|column| column.from.clone());
        let relation = scope.relations.iter().find(|own| from(own).is_some_and(|(table, _)| table == key))?;
        Some(format!("it is called `{}` here", relation.name))
    }

    /// Applies PostgreSQL's rule for queries that group: a column is grouped, or inside an aggregate.
    fn grouped(&mut self, scope: &Scope<'_>, found: Found, name: &str, span: Range<usize>) -> Typed {
        let (Some((relation, at)), Some(own)) = (found.at, scope.level(found.level)) else { return found.typed };
        let Some(grouped) = &own.grouped else { return found.typed };
        // The aggregate may be a level further out than the column's reference.
        let inside = scope.levels().take(found.level + 1).any(|(_, scope)| scope.clause == Clause::Aggregate);
        if inside || grouped.covers(&own.relations, relation, at) {
            return found.typed;
        }
        let message = format!("column `{name}` must be in GROUP BY or in an aggregate function");
        self.refuse(span, message)
    }
}
