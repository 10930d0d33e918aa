//! The language of `query!`: SQL with values in braces and optional parts in brackets goes in; every statement that it can become comes out, as
//! plain SQL with the dialect's placeholders. Pure text work: no schema is known here.
//!
//! | written | meaning |
//! |---|---|
//! | `{name}`, `{user.name}`, `{total()}` | a bound value: a Rust variable or expression |
//! | `LIKE {q: contains}`, `prefix`, `suffix` | a bound search text; `%` and `_` in it are plain characters |
//! | `LIKE {q: pattern}` | a bound pattern; `%` and `_` in it are wildcards |
//! | `IN {ids..}` | a bound list of any length; an empty one makes `IN` false and `NOT IN` true |
//! | `[AND age >= {min?}]` | there only when the value is `Some` (all of them, when it has several) |
//! | `{sort: Sort::Name => name \| Sort::Newest => created_at desc}` | the SQL that a Rust value chooses |
//! | `LIMIT {n: max 100}` | a bound number of rows, refused above the cap |
//! | `OFFSET {skip}`, `OFFSET {page: page 20}` | rows to skip, or a page number counted from 1 |
//!
//! Comments, `;`, placeholders written by hand, values in quotes and `[name]` quoting are refused, and so are writes that could reach every
//! row without saying so ([`AllRows`]).

mod caret;
mod house;
mod lex;
mod part;
mod shape;
mod slot;

use std::ops::Range;

use super::Dialect;
use part::Item;

pub use caret::caret;
pub use shape::Shape;
pub use slot::{Arm, Form, Like, Slot, Sort};

/// At most this many statements may come out of one template: each is checked, prepared and kept.
pub const MAX_SHAPES: usize = 64;

/// A mistake in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes of the template.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl Fault {
    /// A mistake without a mend.
    pub fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    /// Adds the mend.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Whether a write that may reach every row of its table was asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllRows {
    /// `UPDATE` and `DELETE` need a `WHERE` that cannot vanish.
    Refused,
    /// The author wrote `all_rows`.
    Allowed,
}

/// A template that was read: its values, choices and optional parts.
///
/// ```
/// use secure_forms_core::sql::{Dialect, template::{AllRows, Template}};
///
/// let template = Template::parse(
///     "SELECT id FROM users WHERE org = {org} [AND name LIKE {q: contains?}]",
///     Dialect::Sqlite,
///     AllRows::Refused,
/// )
/// .unwrap();
/// let texts: Vec<_> = template.shapes().into_iter().map(|shape| shape.text).collect();
/// assert_eq!(texts, [
///     "SELECT id FROM users WHERE org = ?1",
///     "SELECT id FROM users WHERE org = ?1 AND name LIKE ?2 ESCAPE '!'",
/// ]);
/// ```
#[derive(Clone, Debug)]
pub struct Template<'t> {
    text: &'t str,
    dialect: Dialect,
    items: Vec<Item>,
    slots: Vec<Slot>,
    sorts: Vec<Sort>,
    parts: Vec<Part>,
}

/// An optional part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The brackets and what is in them.
    pub span: Range<usize>,
}

/// What makes one template several statements, in the order in which it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The optional part of this index: absent (0) or present (1).
    Part(usize),
    /// The sort of this index: the arm that the value chose.
    Sort(usize),
}

impl<'t> Template<'t> {
    /// Reads a template and applies the rules that need no schema.
    ///
    /// # Errors
    /// Every mistake, in the order of the text.
    pub fn parse(text: &'t str, dialect: Dialect, all_rows: AllRows) -> Result<Self, Vec<Fault>> {
        let (template, mut faults) = part::assemble(text, dialect);
        faults.extend(house::context(&template));
        if template.shape_count().is_none_or(|count| count > MAX_SHAPES) {
            let message = format!("this template becomes more than {MAX_SHAPES} statements");
            let help = "split the query, or use fewer optional parts and choices";
            faults.push(Fault::new(0..text.len(), message).help(help));
        } else if faults.is_empty() {
            faults.extend(house::writes(&template, all_rows));
        }
        if faults.is_empty() {
            return Ok(template);
        }
        faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
        faults.dedup();
        Err(faults)
    }

    /// The template itself.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The values, in the order of the text.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The choices, in the order of the text.
    pub fn sorts(&self) -> &[Sort] {
        &self.sorts
    }

    /// The optional parts, in the order of the text.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// What makes the shapes, most significant first: shape number = choice of the first × number of choices of all others + …
    pub fn choices(&self) -> Vec<Choice> {
        let parts = self.parts.iter().enumerate().map(|(index, part)| (part.span.start, Choice::Part(index)));
        let sorts = self.sorts.iter().enumerate().map(|(index, sort)| (sort.span.start, Choice::Sort(index)));
        let mut choices: Vec<_> = parts.chain(sorts).collect();
        choices.sort_by_key(|(start, _)| *start);
        choices.into_iter().map(|(_, choice)| choice).collect()
    }

    /// How many values a choice has.
    pub fn choice_count(&self, choice: Choice) -> usize {
        match choice {
            Choice::Part(_) => 2,
            Choice::Sort(index) => self.sorts.get(index).map_or(1, |sort| sort.arms.len()),
        }
    }

    fn shape_count(&self) -> Option<usize> {
        self.choices().into_iter().try_fold(1usize, |count, choice| count.checked_mul(self.choice_count(choice)))
    }

    /// Every statement, in the order of their numbers.
    pub fn shapes(&self) -> Vec<Shape> {
        (0..self.shape_count().unwrap_or(0)).map(|number| shape::render(self, number)).collect()
    }
}

#[cfg(test)]
mod tests;
