//! SELECT: its clauses in the order in which they see each other, and its conditions. In goes a SELECT, out come its
//! columns (PostgreSQL 7.2 and 7.3).

use std::ops::Range;
use std::rc::Rc;

use sqlparser::ast::{Expr, GroupByExpr, NamedWindowExpr, OrderBy, Select, SelectItem};

use crate::dialect::Dialect;
use crate::resolve::query::scope::{Clause, Relation, Scope};
use crate::resolve::query::set::Output;
use crate::resolve::resolver::{Judge, Typed};
use crate::types::{BOOL, Ty};

impl Judge<'_> {
    pub(crate) fn select(&mut self, outer: &Scope<'_>, select: &Select, order: Option<&OrderBy>) -> Vec<Output> {
        self.refuse_foreign_clauses(select);
        let mut scope = Scope::new(outer.parent, Rc::clone(&outer.ctes));
        self.tables_of(&mut scope, &select.from);
        let aliases = self.alias_places(select);
        self.group(&mut scope, select, order, &aliases);
        scope.windows = select.named_window.iter().map(|window| self.dialect.column_name(&window.0)).collect();
        for window in &select.named_window {
            if let NamedWindowExpr::WindowSpec(spec) = &window.1 {
                self.window(&scope, spec);
            }
        }
        if self.is_one_row_of_all(select, order) {
            // Of no rows at all it still makes one, in which what is not aggregated is NULL.
            scope.relations.iter_mut().for_each(Relation::make_nullable);
        }
        let mut outputs = self.projection(&scope, select);
        if groups_in_sets(select) {
            // The rows of a super-aggregate have NULL in what they are not grouped by.
            outputs.iter_mut().for_each(|output| output.typed.nullable = true);
        }
        let lenient = match self.dialect {
            Dialect::Postgres => Vec::new(),
            Dialect::Sqlite | Dialect::Mysql => self.alias_types(select, &outputs),
        };
        if let Some(selection) = &select.selection {
            let mut filter = Scope { grouped: None, ..scope.within(Clause::Plain("WHERE")) };
            if self.dialect == Dialect::Sqlite {
                filter.aliases.clone_from(&lenient);
            }
            self.condition(&filter, selection, "WHERE");
        }
        scope.aliases = lenient;
        if let Some(having) = &select.having {
            self.condition(&scope.within(Clause::Having), having, "HAVING");
        }
        self.order(&scope, select, order, &outputs);
        self.distinct(&scope, select, order, &outputs);
        outputs
    }

    fn refuse_foreign_clauses(&mut self, select: &Select) {
        let foreign = select.top.is_some()
            || select.exclude.is_some()
            || select.into.is_some()
            || !select.lateral_views.is_empty()
            || select.prewhere.is_some()
            || !select.connect_by.is_empty()
            || !select.cluster_by.is_empty()
            || !select.distribute_by.is_empty()
            || !select.sort_by.is_empty()
            || select.qualify.is_some()
            || select.value_table_mode.is_some()
            || select.flavor != sqlparser::ast::SelectFlavor::Standard
            || (select.select_modifiers.is_some() && self.dialect != Dialect::Mysql)
            || (select.projection.is_empty() && self.dialect != Dialect::Postgres);
        if foreign {
            let span = self.source.node(select);
            self.cannot_judge(span, format!("a clause of this SELECT is not checked for {}", self.dialect));
        }
    }

    fn alias_places<'s>(&self, select: &'s Select) -> Vec<(String, &'s Expr)> {
        select
            .projection
            .iter()
            .filter_map(|item| match item {
                SelectItem::ExprWithAlias { expr, alias } => Some((self.dialect.column_name(alias), expr)),
                _ => None,
            })
            .collect()
    }

    fn alias_types(&self, select: &Select, outputs: &[Output]) -> Vec<(String, Typed)> {
        let names = self.alias_places(select);
        let find = |key: &String| outputs.iter().find(|output| output.name.to_lowercase() == *key.to_lowercase());
        names.iter().filter_map(|(key, _)| find(key).map(|output| (key.clone(), output.typed.clone()))).collect()
    }

    pub(crate) fn condition(&mut self, scope: &Scope<'_>, expr: &Expr, what: &str) {
        let typed = self.expr(scope, expr);
        self.boolean(&typed, self.span(expr), what);
    }

    pub(crate) fn boolean(&mut self, typed: &Typed, span: Range<usize>, what: &str) {
        if self.dialect != Dialect::Postgres {
            return;
        }
        match self.schema.base_type(&typed.ty) {
            ty if ty == BOOL || ty == Ty::Any => {}
            Ty::Open => {
                self.assign(typed, &BOOL, span, what);
            }
            ty => {
                self.refuse(span, format!("{what} must be boolean, not {ty}"));
            }
        }
    }
}

fn groups_in_sets(select: &Select) -> bool {
    match &select.group_by {
        GroupByExpr::Expressions(expressions, modifiers) => {
            let in_sets = |expr: &Expr| matches!(expr, Expr::Rollup(_) | Expr::Cube(_) | Expr::GroupingSets(_));
            !modifiers.is_empty() || expressions.iter().any(in_sets)
        }
        GroupByExpr::All(_) => false,
    }
}
