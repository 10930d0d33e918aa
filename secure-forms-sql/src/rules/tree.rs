//! One statement of a template as a tree whose values are known: which slot of the template each placeholder is.

use std::ops::Range;

use sqlparser::ast::{Expr, Spanned, Statement, Value};
use sqlparser::tokenizer::{Token, TokenWithSpan};

use super::node::{self, Node};
use crate::problem::Problem;
use crate::schema::Schema;
use crate::span::Source;
use crate::template::{Form, Shape, Slot, Template};

/// Where the placeholders begin, in the order of the text, which is that of the shape's slots.
fn marks(source: &Source<'_>, tokens: &[TokenWithSpan]) -> Vec<usize> {
    let placeholders = tokens.iter().filter(|token| matches!(token.token, Token::Placeholder(_)));
    placeholders.filter_map(|token| source.known(token.span)).map(|span| span.start).collect()
}

/// One statement of a template as a tree.
pub(super) struct Tree<'t> {
    pub(super) template: &'t Template<'t>,
    pub(super) shape: &'t Shape,
    pub(super) schema: &'t Schema,
    source: &'t Source<'t>,
    marks: Vec<usize>,
    root: &'t Statement,
}

impl<'t> Tree<'t> {
    pub(super) fn of(
        template: &'t Template<'t>,
        shape: &'t Shape,
        schema: &'t Schema,
        source: &'t Source<'t>,
        (tokens, root): &'t (Vec<TokenWithSpan>, Statement),
    ) -> Self {
        Self { template, shape, schema, source, marks: marks(source, tokens), root }
    }

    /// The value that this expression is.
    pub(super) fn slot(&self, expr: &Expr) -> Option<&'t Slot> {
        let Expr::Value(value) = expr else { return None };
        let Value::Placeholder(_) = value.value else { return None };
        let start = self.source.known(value.span)?.start;
        let index = self.shape.slots.get(self.marks.binary_search(&start).ok()?)?;
        self.template.slots().get(*index)
    }

    /// The value that this expression is but for parentheses.
    pub(super) fn only_slot(&self, expr: &Expr) -> Option<&'t Slot> {
        match expr {
            Expr::Nested(inner) => self.only_slot(inner),
            expr => self.slot(expr),
        }
    }

    /// All values in an expression, at any depth. A list is compared with, never a part of what comes out.
    pub(super) fn slots(&self, expr: &'t Expr) -> Vec<&'t Slot> {
        let mut found = Vec::new();
        node::each(Node::Expr(expr), &mut |node| {
            if let Node::Expr(expr) = node {
                found.extend(self.slot(expr).filter(|slot| slot.form != Form::List));
            }
        });
        found
    }

    pub(super) fn each(&self, visit: &mut dyn FnMut(Node<'t>)) {
        node::each(Node::Statement(self.root), visit);
    }

    /// Values in places that the walk does not know: what was not looked at is refused.
    pub(super) fn unseen(&self) -> Vec<Problem> {
        let mut seen = Vec::new();
        self.each(&mut |node| {
            if let Node::Expr(expr) = node {
                seen.extend(self.slot(expr).map(|slot| slot.span.start));
            }
        });
        let slots = self.shape.slots.iter().filter_map(|index| self.template.slots().get(*index));
        let unseen = slots.filter(|slot| !seen.contains(&slot.span.start));
        let problem = |slot: &Slot| Problem::new(slot.span.clone(), "a value in this place is not checked");
        unseen
            .map(|slot| problem(slot).help("write the statement so that the value stands in a plain expression"))
            .collect()
    }

    /// The place in the template that an expression comes from.
    pub(super) fn origin(&self, expr: &Expr) -> Range<usize> {
        self.shape.origin(self.source.range(expr.span()))
    }
}
