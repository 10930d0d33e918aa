//! FROM: tables, views, sub-queries, functions and how they are joined. In goes a table expression, out come the
//! relations that the query sees, nullable where an outer join can leave them out (PostgreSQL 7.2.1).

use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use sqlparser::ast::{
    FunctionArg, FunctionArgExpr, Ident, ObjectName, TableAlias, TableFactor, TableIndexDirective, TableWithJoins,
};

use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::resolve::query::scope::{Clause, Relation, Scope, ScopeColumn};
use crate::resolve::resolver::{Judge, Typed};
use crate::types::{INT8, TEXT, Ty};
use crate::verdict::Access;
use secure_forms_core::nearest::nearest;

impl Judge<'_> {
    /// The tables of a FROM clause. A comma joins too: in SQLite it binds no less than JOIN, so that an outer join leaves
    /// out what stands before the comma as well.
    pub(crate) fn tables_of(&mut self, scope: &mut Scope<'_>, tables: &[TableWithJoins]) {
        for table in tables {
            let start = if self.dialect == Dialect::Sqlite { 0 } else { scope.relations.len() };
            self.from(scope, start, table);
        }
    }

    pub(crate) fn from(&mut self, scope: &mut Scope<'_>, start: usize, table: &TableWithJoins) {
        let span = self.source.node(&table.relation);
        self.deeper(span, (), |judge| {
            judge.factor(scope, &table.relation);
            for join in &table.joins {
                judge.join(scope, start, join);
            }
        });
    }

    pub(crate) fn factor(&mut self, scope: &mut Scope<'_>, factor: &TableFactor) {
        let span = self.source.node(factor);
        match factor {
            TableFactor::Table {
                name,
                alias,
                args,
                with_ordinality,
                version,
                sample,
                json_path,
                index_directives,
                ..
            } => {
                let named_index = index_directives.iter().any(|own| !matches!(own, TableIndexDirective::NotIndexed));
                if version.is_some() || sample.is_some() || json_path.is_some() || named_index {
                    self.cannot_judge(span.clone(), "this form of a table is not checked");
                }
                let mut relation = match args {
                    Some(args) => self.table_function(scope, name, &args.args, *with_ordinality, alias.as_ref()),
                    None => self.table(scope, name, alias.as_ref()),
                };
                self.rename_columns(&mut relation, alias.as_ref());
                self.add(scope, relation, span);
            }
            TableFactor::Function { name, args, with_ordinality, alias, .. } => {
                let mut relation = self.table_function(scope, name, args, *with_ordinality, alias.as_ref());
                self.rename_columns(&mut relation, alias.as_ref());
                self.add(scope, relation, span);
            }
            TableFactor::UNNEST { alias, array_exprs, with_offset, with_ordinality, .. } => {
                if *with_offset {
                    self.refuse(span.clone(), format!("{} has no WITH OFFSET", self.dialect));
                }
                let args: Vec<FunctionArg> =
                    array_exprs.iter().map(|expr| FunctionArg::Unnamed(FunctionArgExpr::Expr(expr.clone()))).collect();
                let name = ObjectName::from(vec![Ident::new("unnest")]);
                let mut relation = self.table_function(scope, &name, &args, *with_ordinality, alias.as_ref());
                self.rename_columns(&mut relation, alias.as_ref());
                self.add(scope, relation, span);
            }
            TableFactor::Derived { lateral, subquery, alias, .. } => {
                let outputs = if *lateral {
                    if self.dialect != Dialect::Postgres {
                        self.refuse(span.clone(), format!("{} has no LATERAL", self.dialect));
                    }
                    let seen = scope.clone();
                    self.query(&seen.inner(), subquery)
                } else {
                    let seen = Scope::new(scope.parent, Rc::clone(&scope.ctes));
                    self.query(&seen, subquery)
                };
                let columns = self.as_columns(outputs);
                self.distinct_names(&columns, span.clone());
                let name = alias.as_ref().map(|alias| self.dialect.table_name(&alias.name));
                if name.is_none() && self.dialect != Dialect::Sqlite {
                    self.refuse(span.clone(), "a sub-query in FROM needs an alias");
                }
                let mut relation = Relation::of_columns(name.unwrap_or_default(), columns);
                self.rename_columns(&mut relation, alias.as_ref());
                self.add(scope, relation, span);
            }
            TableFactor::NestedJoin { table_with_joins, alias } => {
                if alias.is_some() {
                    self.cannot_judge(span.clone(), "an alias of a join is not checked");
                }
                self.from(scope, scope.relations.len(), table_with_joins);
            }
            TableFactor::JsonTable { json_expr, alias, .. } if self.dialect == Dialect::Mysql => {
                self.expr(&scope.within(Clause::Plain("FROM")), json_expr);
                self.cannot_judge(span, "JSON_TABLE is not checked");
                let name = alias.as_ref().map(|alias| self.dialect.table_name(&alias.name));
                scope.relations.push(Relation::opaque(name.unwrap_or_default()));
            }
            _ => {
                self.cannot_judge(span, "this form of a table is not checked");
                scope.relations.push(Relation::opaque(String::new()));
            }
        }
    }

    fn add(&mut self, scope: &mut Scope<'_>, relation: Relation, span: Range<usize>) {
        let twice = !relation.name.is_empty()
            && scope.relations.iter().any(|own| own.name == relation.name && same_namespace(own, &relation));
        if twice {
            let message = format!("two tables are called `{}` here", relation.name);
            // SQLite complains only when a column is asked for.
            let certain = self.dialect != Dialect::Sqlite;
            let problem = if certain { Problem::refused(span, message) } else { Problem::cannot_judge(span, message) };
            self.problem(problem.help("give one of them another alias"));
        }
        scope.relations.push(relation);
    }

    /// A table, a view or a CTE.
    pub(crate) fn table(&mut self, scope: &Scope<'_>, name: &ObjectName, alias: Option<&TableAlias>) -> Relation {
        let (namespace, own) = self.schema.key(name);
        let called = alias.map_or_else(|| own.clone(), |alias| self.dialect.table_name(&alias.name));
        if name.0.len() == 1
            && let Some(cte) = scope.ctes.iter().rev().find(|cte| cte.name == own)
        {
            let relation = Relation::of_columns(called, cte.columns.clone());
            return Relation { opaque: cte.opaque, ..relation };
        }
        if self.dialect == Dialect::Mysql && name.0.len() == 1 && own.eq_ignore_ascii_case("dual") {
            return Relation::of_columns(called, Vec::new());
        }
        if let Some(table) = self.schema.tables.get(&(namespace.clone(), own.clone())) {
            self.touch(table.full_name(), Access::Read);
            let namespace = alias.is_none().then(|| table.namespace.clone().unwrap_or_default());
            return Relation { namespace, ..Relation::of_table(table, called, self.dialect) };
        }
        self.missing_table(name, &namespace, &own);
        Relation::opaque(called)
    }

    pub(crate) fn missing_table(&mut self, name: &ObjectName, namespace: &str, own: &str) {
        let span = self.name_span(name);
        let built_in = match self.dialect {
            Dialect::Postgres => {
                matches!(namespace, "pg_catalog" | "information_schema" | "pg_temp" | "pg_toast")
                    || own.starts_with("pg_")
            }
            Dialect::Sqlite => {
                own.starts_with("sqlite_") || own.starts_with("pragma_") || own == "dbstat" || !namespace.is_empty()
            }
            Dialect::Mysql => {
                matches!(
                    namespace.to_ascii_lowercase().as_str(),
                    "information_schema" | "mysql" | "performance_schema" | "sys"
                ) || own.eq_ignore_ascii_case("dual")
            }
        };
        if built_in {
            self.cannot_judge(span, format!("the columns of `{own}` are not known"));
            return;
        }
        let near = nearest(
            own,
            self.schema.tables.keys().filter(|(schema, _)| schema == namespace).map(|(_, name)| name.as_str()),
        );
        let help = near.map(|name| format!("did you mean `{name}`?"));
        self.missing(span, format!("no table `{own}`"), help);
    }

    fn table_function(
        &mut self,
        scope: &Scope<'_>,
        name: &ObjectName,
        args: &[FunctionArg],
        with_ordinality: bool,
        alias: Option<&TableAlias>,
    ) -> Relation {
        let own = self.schema.key(name).1.to_lowercase();
        let called = alias.map_or_else(|| own.clone(), |alias| self.dialect.table_name(&alias.name));
        let inner = scope.within(Clause::Plain("FROM"));
        let span = self.name_span(name);
        let mut relation = match self.dialect {
            Dialect::Postgres => self.set_function(&inner, (name, args), &own, &called, alias),
            Dialect::Sqlite => {
                let count = args.len();
                let typed: Vec<Typed> = args.iter().map(|argument| self.loose_argument(&inner, argument)).collect();
                for (at, argument) in typed.into_iter().enumerate() {
                    if at < 2 {
                        self.hint(argument, &TEXT);
                    }
                }
                if matches!(own.as_str(), "json_each" | "json_tree" | "jsonb_each" | "jsonb_tree")
                    && (1..=2).contains(&count)
                {
                    json_rows(called)
                } else {
                    self.cannot_judge(span, format!("the columns of `{own}(…)` are not known"));
                    Relation::opaque(called)
                }
            }
            Dialect::Mysql => {
                self.cannot_judge(span, "a function in FROM is not checked for mysql");
                Relation::opaque(called)
            }
        };
        if with_ordinality {
            relation.scalar = false;
            relation.columns.push(ScopeColumn {
                key: "ordinality".to_owned(),
                name: "ordinality".to_owned(),
                ty: INT8,
                nullable: false,
                from: None,
                merged: false,
            });
        }
        relation
    }

    /// MariaDB: the columns of a query in FROM or WITH have names of their own.
    pub(crate) fn distinct_names(&mut self, columns: &[ScopeColumn], span: Range<usize>) {
        let mut seen = BTreeSet::new();
        if self.dialect == Dialect::Mysql
            // One without a name gets one.
            && let Some(twice) = columns.iter().find(|own| !own.key.is_empty() && !seen.insert(own.key.as_str()))
        {
            let problem = Problem::refused(span, format!("two columns of this query are called `{}`", twice.name));
            self.problem(problem.help("give one of them an alias"));
        }
    }

    fn rename_columns(&mut self, relation: &mut Relation, alias: Option<&TableAlias>) {
        let Some(alias) = alias else { return };
        let names: Vec<&Ident> = alias.columns.iter().map(|own| &own.name).collect();
        if names.is_empty() {
            // A function that gives one column names it after the alias.
            if relation.scalar
                && let [column] = relation.columns.as_mut_slice()
            {
                column.key = self.dialect.column_name(&alias.name);
                column.name.clone_from(&column.key);
            }
            return;
        }
        if self.dialect == Dialect::Sqlite {
            self.refuse(self.source.ident(&alias.name), "sqlite has no column names in a table's alias");
        }
        let opaque = relation.opaque;
        relation.columns = self.renamed(std::mem::take(&mut relation.columns), &names, opaque);
    }

    /// Columns under new names; more names than columns are refused.
    pub(crate) fn renamed(
        &mut self,
        mut columns: Vec<ScopeColumn>,
        names: &[&Ident],
        strict: bool,
    ) -> Vec<ScopeColumn> {
        if names.is_empty() {
            return columns;
        }
        let too_many = names.len() > columns.len();
        let too_few = strict && names.len() < columns.len() && self.dialect != Dialect::Postgres;
        if (too_many || too_few) && self.is_content() {
            let span = names.first().map_or(0..0, |ident| self.source.ident(ident));
            self.refuse(span, format!("{} names for {} columns", names.len(), columns.len()));
        }
        for (column, ident) in columns.iter_mut().zip(names) {
            column.key = self.dialect.column_name(ident);
            column.name = self.dialect.shown_name(ident);
        }
        columns
    }
}

fn same_namespace(one: &Relation, other: &Relation) -> bool {
    match (&one.namespace, &other.namespace) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// The columns of `json_each` and `json_tree` (SQLite "JSON Functions And Operators" 4.24).
fn json_rows(name: String) -> Relation {
    let column = |name: &str, ty: Ty, nullable: bool| ScopeColumn {
        key: name.to_owned(),
        name: name.to_owned(),
        ty,
        nullable,
        from: None,
        merged: false,
    };
    let columns = vec![
        column("key", Ty::Any, true),
        column("value", Ty::Any, true),
        column("type", TEXT, false),
        column("atom", Ty::Any, true),
        column("id", INT8, false),
        column("parent", INT8, true),
        column("fullkey", TEXT, false),
        column("path", TEXT, false),
    ];
    Relation { rowid: Some(None), ..Relation::of_columns(name, columns) }
}
