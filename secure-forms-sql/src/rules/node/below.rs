//! What has been found below a node, and the lists that several kinds of nodes have.

use sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentClause, FunctionArguments, OrderByExpr, SelectItem,
    TableWithJoins, WindowFrameBound, WindowSpec, WindowType,
};

use super::part::Node;

pub(super) struct Below<'t>(pub(super) Vec<Node<'t>>);

impl<'t> Below<'t> {
    pub(super) fn exprs(&mut self, exprs: impl IntoIterator<Item = &'t Expr>) {
        self.0.extend(exprs.into_iter().map(Node::Expr));
    }

    pub(super) fn boxed(&mut self, exprs: &[&'t Expr]) {
        self.exprs(exprs.iter().copied());
    }

    pub(super) fn tables(&mut self, tables: &'t [TableWithJoins]) {
        self.0.extend(tables.iter().map(Node::Table));
    }

    pub(super) fn items(&mut self, items: impl IntoIterator<Item = &'t SelectItem>) {
        for item in items {
            if let SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } = item {
                self.exprs([expr]);
            }
        }
    }

    pub(super) fn order(&mut self, items: &'t [OrderByExpr]) {
        self.exprs(items.iter().map(|item| &item.expr));
    }

    pub(super) fn arguments(&mut self, arguments: impl IntoIterator<Item = &'t FunctionArg>) {
        self.exprs(arguments.into_iter().filter_map(argument));
    }

    pub(super) fn function(&mut self, function: &'t Function) {
        match &function.args {
            FunctionArguments::None => {}
            FunctionArguments::Subquery(query) => self.0.push(Node::Query(query)),
            FunctionArguments::List(list) => {
                self.arguments(&list.args);
                for clause in &list.clauses {
                    match clause {
                        FunctionArgumentClause::OrderBy(items) => self.order(items),
                        FunctionArgumentClause::Where(expr) | FunctionArgumentClause::Limit(expr) => self.exprs([expr]),
                        _ => {}
                    }
                }
            }
        }
        self.order(&function.within_group);
        self.exprs(function.filter.as_deref());
        if let Some(WindowType::WindowSpec(spec)) = &function.over {
            self.window(spec);
        }
    }

    pub(super) fn window(&mut self, spec: &'t WindowSpec) {
        self.exprs(&spec.partition_by);
        self.order(&spec.order_by);
        let bounds = spec.window_frame.iter().flat_map(|frame| [Some(&frame.start_bound), frame.end_bound.as_ref()]);
        self.exprs(bounds.flatten().filter_map(|bound| match bound {
            WindowFrameBound::Preceding(expr) | WindowFrameBound::Following(expr) => expr.as_deref(),
            WindowFrameBound::CurrentRow => None,
        }));
    }
}

/// The expression of an argument that is one.
pub(crate) fn argument(argument: &FunctionArg) -> Option<&Expr> {
    match argument {
        FunctionArg::Named { arg, .. } | FunctionArg::ExprNamed { arg, .. } | FunctionArg::Unnamed(arg) => match arg {
            FunctionArgExpr::Expr(expr) => Some(expr),
            _ => None,
        },
    }
}
