//! A template as it was read: a flat list of items, its values, choices and optional parts, and how many statements they make.

use std::ops::Range;

use super::Dialect;
use super::lex::Kind;
use super::slot::{Slot, Sort};

/// At most this many statements may come out of the choices of one template: each is checked, prepared and kept.
pub const MAX_SHAPES: usize = 64;

/// At most this many independent parts may one template have: which of them are there is one bit each.
pub const MAX_INDEPENDENT: usize = u64::BITS as usize;

/// A template that was read: its values, choices and optional parts.
///
/// ```
/// use secure_forms_sql::{Dialect, template::{AllRows, Template}};
///
/// let template = Template::parse(
///     "SELECT id FROM users WHERE org = {org} [AND name LIKE {q: contains?}]",
///     Dialect::Sqlite,
///     AllRows::Refused,
/// )
/// .unwrap();
/// let texts: Vec<_> = template.shapes().into_iter().map(|shape| shape.text).collect();
/// assert_eq!(texts, [
///     "SELECT id FROM users WHERE org = ?",
///     "SELECT id FROM users WHERE org = ? AND name LIKE ? ESCAPE '!'",
/// ]);
/// ```
#[derive(Clone, Debug)]
pub struct Template<'t> {
    pub(super) text: &'t str,
    pub(super) dialect: Dialect,
    pub(super) items: Vec<Item>,
    pub(super) slots: Vec<Slot>,
    pub(super) sorts: Vec<Sort>,
    pub(super) parts: Vec<Part>,
}

/// An optional part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The brackets and what is in them.
    pub span: Range<usize>,
    /// Whether it is a whole condition of a `WHERE` or a whole assignment of a `SET`, whose presence changes nothing for the rest.
    pub independent: bool,
}

/// What makes one template several statements that are judged one by one, in the order in which it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The optional part of this index, which is not independent: absent (0) or present (1).
    Part(usize),
    /// The sort of this index: the arm that the value chose.
    Sort(usize),
}

impl<'t> Template<'t> {
    /// The template itself.
    pub fn text(&self) -> &'t str {
        self.text
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
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

    /// The independent parts as indices of [`Template::parts`]: the first is bit 0 of what is present.
    pub fn independent(&self) -> Vec<usize> {
        (0..self.parts.len()).filter(|part| self.parts[*part].independent).collect()
    }

    /// The bit of a part that is independent.
    pub(super) fn bit(&self, part: usize) -> Option<u64> {
        self.parts.get(part).filter(|part| part.independent)?;
        let before = self.parts[..part].iter().filter(|part| part.independent).count();
        u32::try_from(before).ok().and_then(|before| 1_u64.checked_shl(before))
    }

    /// What makes the shapes, most significant first: shape number = choice of the first × number of choices of all others + …
    pub fn choices(&self) -> Vec<Choice> {
        let parts = self.parts.iter().enumerate().filter(|(_, part)| !part.independent);
        let parts = parts.map(|(index, part)| (part.span.start, Choice::Part(index)));
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

    pub(super) fn shape_count(&self) -> Option<usize> {
        self.choices().into_iter().try_fold(1usize, |count, choice| count.checked_mul(self.choice_count(choice)))
    }
}

/// A token, a value or a choice, and the optional part around it.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) what: What,
    pub(super) span: Range<usize>,
    pub(super) part: Option<usize>,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Token(Kind),
    Slot(usize),
    Sort(usize),
}
