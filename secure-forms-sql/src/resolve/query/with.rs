//! WITH: queries that have a name, also those that read themselves (PostgreSQL 7.8, SQLite "WITH").

use sqlparser::ast::{SetExpr, SetOperator, With};

use crate::dialect::Dialect;
use crate::resolve::query::scope::{Cte, Scope, ScopeColumn};
use crate::resolve::query::set::Output;
use crate::resolve::resolver::{Judge, Typed};

impl Judge<'_> {
    pub(crate) fn with(&mut self, scope: &mut Scope<'_>, with: &With) {
        for cte in &with.cte_tables {
            let name = self.dialect.table_name(&cte.alias.name);
            if with
                .cte_tables
                .iter()
                .take_while(|own| !std::ptr::eq(*own, cte))
                .any(|own| self.dialect.table_name(&own.alias.name) == name)
            {
                self.refuse(self.source.ident(&cte.alias.name), format!("WITH names `{name}` twice"));
            }
            // SQLite and MariaDB let a CTE name itself; SQLite even without the word RECURSIVE.
            let recursive = with.recursive || self.dialect == Dialect::Sqlite;
            let columns = match (recursive, cte.query.body.as_ref()) {
                (true, SetExpr::SetOperation { left, op: SetOperator::Union, right, .. }) => {
                    self.recursive_cte(scope, cte, &name, left, right)
                }
                _ => {
                    let inner = Scope { in_cte: true, ..scope.clone() };
                    let outputs = self.query(&inner, &cte.query);
                    let columns = self.as_columns(outputs);
                    if cte.alias.columns.is_empty() {
                        self.distinct_names(&columns, self.source.ident(&cte.alias.name));
                    }
                    columns
                }
            };
            let columns =
                self.renamed(columns, &cte.alias.columns.iter().map(|own| &own.name).collect::<Vec<_>>(), true);
            scope.with_cte(Cte { name, columns, opaque: false });
        }
    }

    /// The first part of the UNION gives the columns, the second may read them.
    fn recursive_cte(
        &mut self,
        scope: &Scope<'_>,
        cte: &sqlparser::ast::Cte,
        name: &str,
        left: &SetExpr,
        right: &SetExpr,
    ) -> Vec<ScopeColumn> {
        let mut inner = scope.inner();
        if let Some(with) = &cte.query.with {
            self.with(&mut inner, with);
        }
        let first = self.body(&inner, left, None);
        let names: Vec<_> = cte.alias.columns.iter().map(|own| &own.name).collect();
        let base = self.as_columns(first.clone());
        let own = self.renamed(base.clone(), &names, true);
        let second = self.recursion(&inner, name, own, right);
        let span = self.source.node(right);
        if second.len() != first.len() {
            self.column_counts(span, first.len(), second.len());
            return base;
        }
        let mut columns = Vec::new();
        for (mut column, (one, other)) in base.into_iter().zip(first.into_iter().zip(second)) {
            let one = Output { typed: Typed { ty: column.ty.clone(), ..one.typed }, ..one };
            let joined = self.unify(&[(&one.typed, one.span.clone()), (&other.typed, other.span.clone())], "UNION");
            if self.dialect == Dialect::Postgres
                && column.ty.is_settled()
                && joined.ty.is_settled()
                && joined.ty != column.ty
            {
                let message = format!(
                    "column `{}` is {} in the first part of the recursive query but {} in the whole",
                    column.name, column.ty, joined.ty
                );
                self.refuse(one.span.clone(), message);
            }
            column.nullable |= joined.nullable;
            column.from = None;
            columns.push(column);
        }
        self.limits(&inner, &cte.query);
        columns
    }

    /// The second part reads rows that it made itself: it is tried with what is NOT NULL in the first, and if that is not
    /// so in what comes out, again with everything nullable.
    fn recursion(&mut self, scope: &Scope<'_>, name: &str, own: Vec<ScopeColumn>, right: &SetExpr) -> Vec<Output> {
        // Inside another one nothing is tried twice, or the work would double with each level.
        let outermost = !std::mem::replace(&mut self.in_recursion, true);
        let nullable = own.iter().map(|column| ScopeColumn { nullable: true, ..column.clone() }).collect();
        let noted = self.tables_noted();
        let tried = outermost.then(|| {
            let outputs = self.working(scope, name, own.clone(), right);
            let holds = outputs.iter().zip(&own).all(|(output, column)| column.nullable || !output.typed.nullable);
            (outputs, holds)
        });
        let outputs = match tried {
            Some((outputs, true)) => outputs,
            _ => {
                self.forget_tables_since(noted);
                self.working(scope, name, nullable, right)
            }
        };
        self.in_recursion = !outermost;
        outputs
    }

    /// A query over the rows that the one before it made.
    fn working(&mut self, scope: &Scope<'_>, name: &str, columns: Vec<ScopeColumn>, body: &SetExpr) -> Vec<Output> {
        let mut inner = scope.clone();
        inner.with_cte(Cte { name: name.to_owned(), columns, opaque: false });
        self.body(&inner, body, None)
    }
}
