//! Writes that reach every row of their table although they have a `WHERE`: it holds whatever the row is. In goes a statement, out comes the
//! condition that leaves no row out, and why. Conditions are read, not evaluated: what is not known to look at the row counts as holding.

mod column;
mod constant;
mod reason;

use sqlparser::ast::{
    BinaryOperator, Delete, Expr, FromTable, InTarget, Query, SetExpr, Statement, TableFactor, TableWithJoins,
    UnaryOperator, Update, UpdateTableFromKind, Value,
};

use super::node::Node;
use super::placement::matches_pattern;
use super::tree::Tree;
use crate::problem::Problem;
use crate::template::Form;
use crate::types::Type;
use column::Row;
use constant::{is_below_keys, is_null, single, truth};
use reason::Reason;

/// The condition and why it leaves no row out.
type Reached<'e> = (&'e Expr, Reason);

/// What is wrong with the writes of a statement.
pub(super) fn problems(tree: &Tree<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    tree.each(&mut |node| {
        let reached = match node {
            Node::Statement(Statement::Update(update)) => of_update(tree, update),
            Node::Statement(Statement::Delete(delete)) => of_delete(tree, delete),
            _ => None,
        };
        problems.extend(
            reached.map(|(expr, reason)| Problem::new(tree.origin(expr), reason.message()).help(reason.help())),
        );
    });
    problems
}

fn of_update<'t>(tree: &Tree<'t>, update: &'t Update) -> Option<Reached<'t>> {
    let others = match &update.from {
        Some(UpdateTableFromKind::BeforeSet(tables) | UpdateTableFromKind::AfterSet(tables)) => tables.as_slice(),
        None => &[],
    };
    let row = Row::of(tree, &update.table.relation, others);
    Conditions { tree, row }.leaves_out(update.selection.as_ref()?, true).err()
}

fn of_delete<'t>(tree: &Tree<'t>, delete: &'t Delete) -> Option<Reached<'t>> {
    let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = &delete.from;
    let row = Row::of(tree, &from.first()?.relation, delete.using.as_deref().unwrap_or_default());
    Conditions { tree, row }.leaves_out(delete.selection.as_ref()?, true).err()
}

/// Conditions on the row that is written.
struct Conditions<'c, 't> {
    tree: &'c Tree<'t>,
    row: Row<'c, 't>,
}

impl<'t> Conditions<'_, 't> {
    /// Whether rows for which the condition is `wanted` are a choice; else the part that is not.
    fn leaves_out(&self, expr: &'t Expr, wanted: bool) -> Result<(), Reached<'t>> {
        if let Some(truth) = truth(expr) {
            // Never wanted: no row is reached at all.
            return if truth == wanted { Err((expr, Reason::Constant)) } else { Ok(()) };
        }
        match expr {
            Expr::Nested(inner) | Expr::Collate { expr: inner, .. } | Expr::Cast { expr: inner, .. } => {
                self.leaves_out(inner, wanted)
            }
            Expr::UnaryOp { op: UnaryOperator::Not | UnaryOperator::BangNot, expr: inner }
            | Expr::IsFalse(inner)
            | Expr::IsNotTrue(inner) => self.leaves_out(inner, !wanted),
            Expr::UnaryOp { expr: inner, .. } | Expr::IsTrue(inner) | Expr::IsNotFalse(inner) => {
                self.leaves_out(inner, wanted)
            }
            Expr::BinaryOp { left, op, right } => self.operator(expr, left, op, right, wanted),
            Expr::IsDistinctFrom(left, right) | Expr::IsNotDistinctFrom(left, right) => {
                let is_null = matches!(expr, Expr::IsNotDistinctFrom(..)) == wanted;
                self.is(expr, left, right, is_null)
            }
            Expr::IsNull(inner) | Expr::IsUnknown(inner) => self.null(expr, inner, wanted),
            Expr::IsNotNull(inner) | Expr::IsNotUnknown(inner) => self.null(expr, inner, !wanted),
            Expr::Between { expr: value, low, high, .. } => {
                let itself = self.row.same(value, low) && self.row.same(value, high);
                self.compared(expr, &[value, low, high], itself)
            }
            Expr::In { expr: value, target, negated, .. } => self.membership(expr, value, target, wanted != *negated),
            Expr::Like { expr: value, pattern, negated, .. }
            | Expr::ILike { expr: value, pattern, negated, .. }
            | Expr::SimilarTo { expr: value, pattern, negated, .. }
            | Expr::RLike { expr: value, pattern, negated, .. } => {
                self.pattern(expr, value, pattern, wanted != *negated)
            }
            Expr::AnyOp { left, right, .. } | Expr::AllOp { left, right, .. } => {
                self.compared(expr, &[left, right], false)
            }
            Expr::Exists { subquery, .. } => self.of_query(expr, subquery),
            Expr::Subquery(query) => match single(query) {
                Some(inner) => self.leaves_out(inner, wanted),
                None => self.of_query(expr, query),
            },
            expr => self.alone(expr),
        }
    }

    fn operator(
        &self,
        expr: &'t Expr,
        left: &'t Expr,
        op: &BinaryOperator,
        right: &'t Expr,
        wanted: bool,
    ) -> Result<(), Reached<'t>> {
        match op {
            BinaryOperator::And | BinaryOperator::Or => {
                let one = self.leaves_out(left, wanted);
                let other = self.leaves_out(right, wanted);
                // De Morgan: `NOT (a AND b)` is `NOT a OR NOT b`.
                if (*op == BinaryOperator::And) == wanted {
                    one.or(other).map_err(|_| one.err().unwrap_or((expr, Reason::Constant)))
                } else {
                    one.and(other)
                }
            }
            BinaryOperator::Is => self.is(expr, left, right, wanted),
            BinaryOperator::IsNot => self.is(expr, left, right, !wanted),
            op if matches_pattern(op) => self.pattern(expr, left, right, wanted),
            BinaryOperator::BitwiseAnd => self.compared(expr, &[left, right], false),
            op if compares(op) => {
                if wanted
                    && self.row.is_key(left)
                    && matches!(op, BinaryOperator::Gt | BinaryOperator::GtEq | BinaryOperator::NotEq)
                    && is_below_keys(right)
                {
                    return Err((expr, Reason::Key));
                }
                if wanted
                    && self.row.is_key(right)
                    && matches!(op, BinaryOperator::Lt | BinaryOperator::LtEq | BinaryOperator::NotEq)
                    && is_below_keys(left)
                {
                    return Err((expr, Reason::Key));
                }
                self.compared(expr, &[left, right], self.row.same(left, right))
            }
            _ => self.alone(expr),
        }
    }

    /// `IS` between two values; one of them may be NULL itself.
    fn is(&self, expr: &'t Expr, left: &'t Expr, right: &'t Expr, wanted: bool) -> Result<(), Reached<'t>> {
        if is_null(right) {
            return self.null(expr, left, wanted);
        }
        if is_null(left) {
            return self.null(expr, right, wanted);
        }
        self.compared(expr, &[left, right], self.row.same(left, right))
    }

    fn compared(&self, expr: &'t Expr, sides: &[&'t Expr], itself: bool) -> Result<(), Reached<'t>> {
        if itself {
            return Err((expr, Reason::Itself));
        }
        if sides.iter().any(|side| self.row.is_read_by(side)) { Ok(()) } else { Err((expr, Reason::Constant)) }
    }

    /// Rows in which a value is NULL (or is not).
    fn null(&self, expr: &'t Expr, value: &'t Expr, wanted: bool) -> Result<(), Reached<'t>> {
        if !self.row.is_read_by(value) {
            return Err((expr, Reason::Constant));
        }
        if wanted || self.row.reads_nullable(value) { Ok(()) } else { Err((expr, Reason::NeverNull)) }
    }

    fn membership(
        &self,
        expr: &'t Expr,
        value: &'t Expr,
        target: &'t InTarget,
        wanted: bool,
    ) -> Result<(), Reached<'t>> {
        match target {
            InTarget::List(items) => {
                let list = |item: &Expr| self.tree.only_slot(item).is_some_and(|slot| slot.form == Form::List);
                if !wanted && (items.is_empty() || items.iter().any(list)) {
                    return Err((expr, Reason::EmptyList));
                }
                let sides: Vec<&Expr> = items.iter().chain([value]).collect();
                self.compared(expr, &sides, items.iter().any(|item| self.row.same(value, item)))
            }
            InTarget::Subquery(query) if single(query).is_some_and(|inner| self.row.same(value, inner)) => {
                Err((expr, Reason::Itself))
            }
            InTarget::Subquery(query) if self.row.is_read_by(value) => {
                if wanted && self.is_own_table(query) {
                    Err((expr, Reason::OwnTable))
                } else {
                    Ok(())
                }
            }
            InTarget::Subquery(query) => self.of_query(expr, query),
            InTarget::Unnest(_) | InTarget::Table { .. } => self.compared(expr, &[value], false),
        }
    }

    fn pattern(&self, expr: &'t Expr, value: &'t Expr, pattern: &'t Expr, wanted: bool) -> Result<(), Reached<'t>> {
        if !self.tree.slots(pattern).is_empty() {
            return Err((expr, Reason::SearchText));
        }
        let any = matches!(pattern, Expr::Value(own) if matches!(&own.value, Value::SingleQuotedString(text) if !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'%' | b'*'))));
        if wanted && any {
            return Err((expr, Reason::AnyText));
        }
        self.compared(expr, &[value, pattern], self.row.same(value, pattern))
    }

    /// A query that finds rows for some of the written rows and none for others.
    fn of_query(&self, expr: &'t Expr, query: &'t Query) -> Result<(), Reached<'t>> {
        if self.is_correlated(&query.body) { Ok(()) } else { Err((expr, Reason::Constant)) }
    }

    fn is_correlated(&self, body: &'t SetExpr) -> bool {
        match body {
            SetExpr::Select(select) => {
                let inside = Conditions { tree: self.tree, row: self.row.inside(select) };
                let conditions = select.selection.iter().chain(select.from.iter().flat_map(joined_on));
                conditions
                    .into_iter()
                    .any(|condition| inside.leaves_out(condition, true).is_ok() && truth(condition).is_none())
            }
            SetExpr::Query(query) => self.is_correlated(&query.body),
            SetExpr::SetOperation { left, right, .. } => self.is_correlated(left) && self.is_correlated(right),
            _ => false,
        }
    }

    /// `SELECT … FROM` the written table itself, of which nothing is left out.
    fn is_own_table(&self, query: &'t Query) -> bool {
        let SetExpr::Select(select) = query.body.as_ref() else { return false };
        let [TableWithJoins { relation, joins }] = select.from.as_slice() else { return false };
        if !joins.is_empty() || query.limit_clause.is_some() || query.fetch.is_some() || select.having.is_some() {
            return false;
        }
        let TableFactor::Table { name, .. } = relation else { return false };
        if !self.row.is_table(name) {
            return false;
        }
        let own = Conditions { tree: self.tree, row: Row::of(self.tree, relation, &[]) };
        select.selection.as_ref().is_none_or(|condition| own.leaves_out(condition, true).is_err())
    }

    /// A condition that is no comparison.
    fn alone(&self, expr: &'t Expr) -> Result<(), Reached<'t>> {
        match self.row.column_type(expr) {
            Some(Type::Bool) => Ok(()),
            Some(_) => Err((expr, Reason::NoBoolean)),
            None if self.row.is_read_by(expr) => Err((expr, Reason::Unknown)),
            None => Err((expr, Reason::Constant)),
        }
    }
}

/// The conditions of a table's joins.
fn joined_on(table: &TableWithJoins) -> impl Iterator<Item = &Expr> {
    super::node::children(Node::Table(table)).into_iter().filter_map(|node| match node {
        Node::Expr(expr) => Some(expr),
        _ => None,
    })
}

fn compares(op: &BinaryOperator) -> bool {
    matches!(
        op,
        BinaryOperator::Eq
            | BinaryOperator::NotEq
            | BinaryOperator::Lt
            | BinaryOperator::LtEq
            | BinaryOperator::Gt
            | BinaryOperator::GtEq
            | BinaryOperator::Spaceship
    )
}
