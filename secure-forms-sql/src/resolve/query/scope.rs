//! What a place in a statement can see: tables, their columns, the queries of WITH, and what its query groups by.

use std::collections::BTreeSet;
use std::rc::Rc;

use sqlparser::ast::Expr;

use crate::dialect::Dialect;
use crate::resolve::resolver::Typed;
use crate::schema::Table;
use crate::types::Ty;

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
    /// The windows that the query names.
    pub(crate) windows: Vec<String>,
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

/// What a query groups by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grouped {
    /// Relation and place.
    pub(crate) columns: BTreeSet<(usize, usize)>,
    /// Expressions that are no plain columns.
    pub(crate) expressions: Vec<Expr>,
}

impl Grouped {
    pub(crate) fn covers(&self, relations: &[Relation], relation: usize, at: usize) -> bool {
        if self.columns.contains(&(relation, at)) {
            return true;
        }
        // A primary key that is grouped by as a whole decides its table's other columns.
        relations.get(relation).is_some_and(|own| {
            !own.primary.is_empty()
                && own.primary.iter().all(|place| self.columns.contains(&(relation, *place)))
                && own.columns.iter().all(|column| column.from.is_some())
        })
    }

    pub(crate) fn has_expression(&self, expr: &Expr) -> bool {
        self.expressions.iter().any(|own| own == expr)
    }
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
            full_text: table.kind == crate::TableKind::Virtual,
            system_columns: dialect == Dialect::Postgres && table.kind == crate::TableKind::Table,
            primary: primary.unwrap_or_default(),
            ..Self::of_columns(name, columns)
        }
    }

    pub(crate) fn make_nullable(&mut self) {
        self.columns.iter_mut().for_each(|column| column.nullable = true);
        self.rowid_nullable = true;
    }

    /// The columns that every table has without declaring them.
    pub(crate) fn hidden(&self, key: &str) -> Option<Typed> {
        if let (Some(own), "rowid" | "_rowid_" | "oid") = (self.rowid, key) {
            let declared = own.and_then(|place| self.columns.get(place));
            return Some(declared.map_or_else(
                || Typed { column: Some("rowid".to_owned()), ..Typed::new(crate::types::INT8, self.rowid_nullable) },
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

pub(crate) enum Answer {
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
            windows: Vec::new(),
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

    /// How many queries are around this one.
    pub(crate) fn depth(&self) -> usize {
        self.levels().skip(1).count()
    }

    pub(crate) fn levels(&self) -> impl Iterator<Item = (usize, &Scope<'p>)> {
        let mut next = Some(self);
        std::iter::from_fn(move || {
            let scope = next?;
            next = scope.parent;
            Some(scope)
        })
        .enumerate()
    }

    pub(crate) fn unqualified(&self, key: &str) -> Answer {
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
    pub(crate) fn column_names(&self) -> impl Iterator<Item = &str> {
        self.levels()
            .flat_map(|(_, scope)| scope.relations.iter().flat_map(|own| own.columns.iter().map(|c| c.name.as_str())))
    }

    pub(crate) fn relation_names(&self) -> impl Iterator<Item = &str> {
        self.levels().flat_map(|(_, scope)| scope.relations.iter().map(|own| own.name.as_str()))
    }

    pub(crate) fn level(&self, distance: usize) -> Option<&Scope<'p>> {
        self.levels().nth(distance).map(|(_, scope)| scope)
    }
}
