//! The rules of `query!` that need a statement's syntax tree: where a value may stand at any depth, which functions it may give a size to, and
//! which writes leave rows out. A template's statements go in, what is wrong comes out; `unchecked` does not turn them off.
//!
//! | file | rule |
//! |---|---|
//! | `placement` | values below `LIMIT`, `OFFSET`, `FETCH`, and on the right of `LIKE` and its kin |
//! | `sized` | values that choose how large a function's result is |
//! | `whole_table` | `UPDATE` and `DELETE` whose `WHERE` holds for every row |
//! | `beyond_parser` | what is refused where the parser has no grammar for a statement |
//! | `carried` | columns of sub-queries that carry a value to such a place |
//! | `node` | the tree as one kind of node with children |

mod beyond_parser;
mod carried;
mod node;
mod placement;
mod sized;
mod whole_table;

use sqlparser::ast::{Expr, Statement, Value};
use sqlparser::tokenizer::{Token, TokenWithSpan};

use super::schema::Schema;
use super::span::Source;
use super::stack::on_large_stack;
use super::statement::parse;
use super::template::{AllRows, Fault, Form, Shape, Slot, Template};
use carried::Carried;
use node::Node;

impl Template<'_> {
    /// Applies the rules that need the syntax tree to the statements of this template ([`Template::shapes`]).
    ///
    /// - A value below `LIMIT`, `OFFSET` or `FETCH` stands alone and has a cap: `{n: max 100}`, `OFFSET {skip}`.
    /// - A value on the right of `LIKE`, `GLOB`, `REGEXP`, `MATCH`, `SIMILAR TO` or in the functions of these names says whether its wildcards count:
    ///   `{q: contains}`, `{q: pattern}`; also inside of a group, a sub-query, `CASE`, an operator or a function.
    /// - A value that gives the size of what a function makes (`randomblob`, `zeroblob`, `printf`, `repeat`, …) has a cap.
    /// - The `WHERE` of an `UPDATE` or `DELETE` leaves rows out, unless `all_rows` says otherwise. These do not:
    ///
    /// | condition | why it holds for every row |
    /// |---|---|
    /// | `1 = 1`, `true`, `NOT 0`, `{x}`, `EXISTS (SELECT 1)` | it does not look at the row |
    /// | `id = id`, `+id = (id)`, `id IN (id, 7)`, `id BETWEEN id AND id` | the column is compared with itself |
    /// | `id IS NOT NULL` of a column that is `NOT NULL` | it always is |
    /// | `id > 0`, `id <> -1` of an integer primary key | keys are counted from 1 |
    /// | `name LIKE '%'`, `name LIKE {q: contains}` | an empty text is in every text |
    /// | `id IN (SELECT id FROM users)` in a write to `users` | every row is in its own table |
    /// | `id NOT IN {ids..}`, `id NOT IN ()` | an empty list holds nothing |
    /// | `age` alone, if it is no boolean | every number but 0 is true |
    /// | a function or `CASE` alone | what comes out is not known |
    /// | `a OR b` where either does not, `NOT (a AND b)` likewise | one is enough |
    ///
    /// What the rows happen to hold is not known here: `score >= 0` passes.
    ///
    /// What comes out are the values that `instr` or `replace` looks for, as indices of [`Template::slots`]: they compare such a text at every place
    /// of another, so that a long one must not be bound.
    ///
    /// # Errors
    /// Every mistake, in the order of the text.
    pub fn rules(&self, shapes: &[Shape], schema: &Schema, all_rows: AllRows) -> Result<Vec<usize>, Vec<Fault>> {
        let mut needles = Vec::new();
        let faults = on_large_stack(|| {
            let of_shape = |shape: &Shape| of_shape(self, shape, schema, all_rows, &mut needles);
            shapes.iter().flat_map(of_shape).collect::<Vec<_>>()
        });
        let no_thread = || vec![Fault::new(0..self.text().len(), "the system gave no thread to check it on")];
        let mut faults = faults.unwrap_or_else(no_thread);
        faults.sort_by(|a, b| (a.span.start, a.span.end, &a.message).cmp(&(b.span.start, b.span.end, &b.message)));
        faults.dedup();
        if faults.is_empty() { Ok(needles) } else { Err(faults) }
    }
}

fn of_shape(
    template: &Template<'_>,
    shape: &Shape,
    schema: &Schema,
    all_rows: AllRows,
    needles: &mut Vec<usize>,
) -> Vec<Fault> {
    let source = Source::new(&shape.judged);
    let Ok((tokens, statement)) = parse(template.dialect(), &source, &shape.judged) else {
        needles.extend(beyond_parser::needles(template, shape));
        return beyond_parser::faults(template, shape, all_rows);
    };
    let mut tree = Tree {
        template,
        shape,
        schema,
        source: &source,
        marks: marks(&source, &tokens),
        root: &statement,
        carried: Carried::default(),
    };
    tree.carried = Carried::of(&tree);
    let mut faults = placement::faults(&tree);
    faults.extend(sized::faults(&tree));
    needles.extend(sized::needles(&tree));
    if faults.is_empty() {
        faults.extend(tree.unseen());
    }
    if all_rows == AllRows::Refused {
        faults.extend(whole_table::faults(&tree));
    }
    faults
}

/// Where the placeholders begin, in the order of the text, which is that of the shape's slots.
fn marks(source: &Source<'_>, tokens: &[TokenWithSpan]) -> Vec<usize> {
    let placeholders = tokens.iter().filter(|token| matches!(token.token, Token::Placeholder(_)));
    placeholders.filter_map(|token| source.known(token.span)).map(|span| span.start).collect()
}

/// One statement of a template as a tree.
struct Tree<'t> {
    template: &'t Template<'t>,
    shape: &'t Shape,
    schema: &'t Schema,
    source: &'t Source<'t>,
    marks: Vec<usize>,
    root: &'t Statement,
    carried: Carried,
}

impl<'t> Tree<'t> {
    /// The value that this expression is.
    fn slot(&self, expr: &Expr) -> Option<&'t Slot> {
        let Expr::Value(value) = expr else { return None };
        let Value::Placeholder(_) = value.value else { return None };
        let start = self.source.known(value.span)?.start;
        let index = self.shape.slots.get(self.marks.binary_search(&start).ok()?)?;
        self.template.slots().get(*index)
    }

    /// The value that this expression is but for parentheses.
    fn only_slot(&self, expr: &Expr) -> Option<&'t Slot> {
        match expr {
            Expr::Nested(inner) => self.only_slot(inner),
            expr => self.slot(expr),
        }
    }

    /// All values in an expression, at any depth. A list is compared with, never a part of what comes out.
    fn slots(&self, expr: &'t Expr) -> Vec<&'t Slot> {
        let mut found = Vec::new();
        node::each(Node::Expr(expr), &mut |node| {
            if let Node::Expr(expr) = node {
                found.extend(self.slot(expr).filter(|slot| slot.form != Form::List));
            }
        });
        found
    }

    /// A column that brings a bound value to an expression in which it would have to be capped, or its wildcards meant.
    fn carried_into(&self, expr: &'t Expr, place: &str) -> Option<Fault> {
        let column = self.carried.within(expr)?;
        let fault = Fault::new(self.origin(column), format!("a sub-query's column carries a bound value into {place}"));
        Some(fault.help("bind the value there itself; if this is another column, give it another name"))
    }

    fn each(&self, visit: &mut dyn FnMut(Node<'t>)) {
        node::each(Node::Statement(self.root), visit);
    }

    /// Values in places that the walk does not know: what was not looked at is refused.
    fn unseen(&self) -> Vec<Fault> {
        let mut seen = Vec::new();
        self.each(&mut |node| {
            if let Node::Expr(expr) = node {
                seen.extend(self.slot(expr).map(|slot| slot.span.start));
            }
        });
        let slots = self.shape.slots.iter().filter_map(|index| self.template.slots().get(*index));
        let unseen = slots.filter(|slot| !seen.contains(&slot.span.start));
        let fault = |slot: &Slot| Fault::new(slot.span.clone(), "a value in this place is not checked");
        unseen
            .map(|slot| fault(slot).help("write the statement so that the value stands in a plain expression"))
            .collect()
    }

    /// The place in the template that an expression comes from.
    fn origin(&self, expr: &Expr) -> std::ops::Range<usize> {
        use sqlparser::ast::Spanned;
        self.shape.origin(self.source.range(expr.span()))
    }
}

#[cfg(test)]
mod tests;
