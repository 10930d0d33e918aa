//! The parts of a statement that the walk distinguishes.

use sqlparser::ast::{Expr, Query, Select, SetExpr, Statement, TableFactor, TableWithJoins};

/// A part of a statement.
#[derive(Clone, Copy)]
pub(crate) enum Node<'t> {
    Statement(&'t Statement),
    Query(&'t Query),
    Body(&'t SetExpr),
    Select(&'t Select),
    Table(&'t TableWithJoins),
    Factor(&'t TableFactor),
    Expr(&'t Expr),
}
