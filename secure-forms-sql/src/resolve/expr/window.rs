//! Windows: what OVER and WINDOW hold, and the names that they give (PostgreSQL 4.2.8).

use std::ops::Range;

use sqlparser::ast::{Ident, WindowSpec};

use crate::problem::Problem;
use crate::resolve::query::scope::{Clause, Scope};
use crate::resolve::resolver::Judge;
use secure_forms_core::nearest::nearest;

impl Judge<'_> {
    pub(crate) fn window(&mut self, scope: &Scope<'_>, spec: &WindowSpec) {
        let inner = scope.within(Clause::Window);
        if let Some(name) = &spec.window_name {
            self.known_window(scope, name);
        }
        for expr in &spec.partition_by {
            self.expr(&inner, expr);
        }
        for item in &spec.order_by {
            self.expr(&inner, &item.expr);
        }
    }

    pub(crate) fn known_window(&mut self, scope: &Scope<'_>, name: &Ident) {
        let key = self.dialect.column_name(name);
        if !scope.windows.contains(&key) {
            let near = nearest(&key, scope.windows.iter().map(String::as_str));
            let problem = Problem::refused(self.source.ident(name), format!("no window `{}`", name.value));
            self.problem(problem.maybe_help(near.map(|name| format!("did you mean `{name}`?"))));
        }
    }

    /// MariaDB: functions of a row's place need an order.
    pub(crate) fn demand_order(&mut self, name: &str, span: Range<usize>) {
        if matches!(name, "rank" | "dense_rank" | "percent_rank" | "cume_dist" | "lead" | "lag") {
            let problem = Problem::refused(span, format!("`{name}` needs an ORDER BY in its window"));
            self.problem(problem.help("write `OVER (ORDER BY …)`"));
        }
    }
}
