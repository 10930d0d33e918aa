//! Windows: what OVER and WINDOW hold, and the names that they give (PostgreSQL 4.2.8).

use std::ops::Range;

use sqlparser::ast::{Ident, WindowSpec};

use crate::problem::Problem;
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::{Clause, Scope};
use secure_forms_core::nearest::nearest;

pub(crate) fn specification(r: &mut Resolver<'_>, scope: &Scope<'_>, spec: &WindowSpec) {
    let inner = scope.within(Clause::Window);
    if let Some(name) = &spec.window_name {
        named(r, scope, name);
    }
    for expr in &spec.partition_by {
        r.expr(&inner, expr);
    }
    for item in &spec.order_by {
        r.expr(&inner, &item.expr);
    }
}

pub(crate) fn named(r: &mut Resolver<'_>, scope: &Scope<'_>, name: &Ident) {
    let key = r.dialect.column_name(name);
    if !scope.windows.contains(&key) {
        let near = nearest(&key, scope.windows.iter().map(String::as_str));
        let problem = Problem::new(r.source.ident(name), format!("no window `{}`", name.value));
        r.report(problem.maybe_help(near.map(|name| format!("did you mean `{name}`?"))));
    }
}

/// MariaDB: functions of a row's place need an order.
pub(crate) fn demand_order(r: &mut Resolver<'_>, name: &str, span: Range<usize>) {
    if matches!(name, "rank" | "dense_rank" | "percent_rank" | "cume_dist" | "lead" | "lag") {
        let problem = Problem::new(span, format!("`{name}` needs an ORDER BY in its window"));
        r.report(problem.help("write `OVER (ORDER BY …)`"));
    }
}
