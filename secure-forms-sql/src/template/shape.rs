//! One choice for every optional part and sort → one statement, twice: as it is run, and as it is judged.

use std::ops::Range;

use super::Dialect;
use super::lex::Kind;
use super::model::{Choice, Item, Template, What};
use super::slot::{Form, Like};

/// One statement that a template can become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The statement that the database runs.
    pub text: String,
    /// The same for the checker: without the forms that only help the engine.
    pub judged: String,
    /// Which value each placeholder takes: placeholder `n` is `slots[n - 1]`, an index into [`Template::slots`].
    pub slots: Vec<usize>,
    /// Where the independent parts that are there stand in `text`, each with the space before it: without that stretch, `text` is the statement
    /// without the part.
    pub parts: Vec<Range<usize>>,
    origins: Vec<Origin>,
}

/// A stretch of the judged text and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Origin {
    judged: Range<usize>,
    template: Range<usize>,
    how: How,
}

/// How a stretch came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// Byte for byte.
    Copied,
    /// Written instead of what stands in the template.
    Generated,
}

impl Shape {
    /// The place in the template that a place in the judged text comes from.
    pub fn origin(&self, judged: Range<usize>) -> Range<usize> {
        let start = self.origins.iter().rev().find(|origin| origin.judged.start <= judged.start);
        let last = judged.end.max(judged.start + 1);
        let end = self.origins.iter().find(|origin| origin.judged.end >= last).or(self.origins.last());
        let (Some(start), Some(end)) = (start, end) else { return 0..0 };
        let from = start.place(judged.start, Side::Start);
        from..end.place(judged.end, Side::End).max(from)
    }
}

#[derive(Clone, Copy)]
enum Side {
    Start,
    End,
}

impl Origin {
    /// A place inside of copied text is the same place in the template; generated text is all of what it was generated from.
    fn place(&self, at: usize, side: Side) -> usize {
        match (self.how, side) {
            (How::Copied, _) => self.template.start + at.clamp(self.judged.start, self.judged.end) - self.judged.start,
            (How::Generated, Side::Start) => self.template.start,
            (How::Generated, Side::End) => self.template.end,
        }
    }
}

/// The statement of this number with these independent parts.
pub(super) fn render(template: &Template<'_>, number: usize, independent: u64) -> Shape {
    let picked = picked(template, number);
    let shape = Shape { text: String::new(), judged: String::new(), slots: vec![], parts: vec![], origins: vec![] };
    let mut writer = Writer { template, shape };
    let mut before = None;
    for (at, item) in template.items.iter().enumerate() {
        let bit = item.part.and_then(|part| template.bit(part));
        let present = match bit {
            Some(bit) => independent & bit != 0,
            None => item.part.is_none_or(|part| picked.contains(&(Choice::Part(part), 1))),
        };
        if !present {
            continue;
        }
        if bit.is_some() && item.part != before {
            writer.begin_part();
        }
        before = item.part;
        writer.item(at, item, &picked);
        if bit.is_some() {
            writer.extend_part();
        }
    }
    let Writer { mut shape, .. } = writer;
    shape.text.truncate(shape.text.trim_end().len());
    shape.judged.truncate(shape.judged.trim_end().len());
    shape
}

/// The optional parts that are there in the shape of this number.
pub(super) fn present(template: &Template<'_>, number: usize) -> Vec<usize> {
    let part = |(choice, value)| match choice {
        Choice::Part(part) if value == 1 => Some(part),
        _ => None,
    };
    picked(template, number).into_iter().filter_map(part).collect()
}

/// The value of every choice in the shape of this number.
fn picked(template: &Template<'_>, number: usize) -> Vec<(Choice, usize)> {
    let mut rest = number;
    let mut picked = Vec::new();
    for choice in template.choices().into_iter().rev() {
        let count = template.choice_count(choice).max(1);
        picked.push((choice, rest % count));
        rest /= count;
    }
    picked
}

struct Writer<'t> {
    template: &'t Template<'t>,
    shape: Shape,
}

impl Writer<'_> {
    fn begin_part(&mut self) {
        let start = self.shape.text.trim_end_matches(' ').len();
        self.shape.parts.push(start..start);
    }

    fn extend_part(&mut self) {
        let end = self.shape.text.len();
        if let Some(part) = self.shape.parts.last_mut() {
            part.end = end;
        }
    }

    fn item(&mut self, at: usize, item: &Item, picked: &[(Choice, usize)]) {
        match item.what {
            // Indentation of the source is not worth sending.
            What::Token(Kind::Space) if self.shape.text.is_empty() || self.shape.text.ends_with(' ') => {}
            What::Token(Kind::Space) => self.generated(" ", " ", item.span.clone()),
            What::Token(_) => self.copied(item.span.clone()),
            What::Slot(index) => self.slot(at, index),
            What::Sort(index) => {
                let arm = picked.iter().find(|(choice, _)| *choice == Choice::Sort(index)).map_or(0, |(_, arm)| *arm);
                if let Some(arm) = self.template.sorts.get(index).and_then(|sort| sort.arms.get(arm)) {
                    self.copied(arm.sql.clone());
                }
            }
        }
    }

    fn copied(&mut self, span: Range<usize>) {
        let text = &self.template.text[span.clone()];
        self.push(text, text, span, How::Copied);
    }

    fn generated(&mut self, text: &str, judged: &str, template: Range<usize>) {
        self.push(text, judged, template, How::Generated);
    }

    fn push(&mut self, text: &str, judged: &str, template: Range<usize>, how: How) {
        self.shape.text.push_str(text);
        let start = self.shape.judged.len();
        self.shape.judged.push_str(judged);
        self.shape.origins.push(Origin { judged: start..self.shape.judged.len(), template, how });
    }

    fn slot(&mut self, at: usize, index: usize) {
        let Some(slot) = self.template.slots.get(index) else { return };
        self.shape.slots.push(index);
        let mark = placeholder(self.template.dialect, self.shape.slots.len());
        let (text, judged) = match slot.form {
            Form::Value | Form::Like(Like::Pattern) => (mark.clone(), mark),
            Form::Like(_) => (format!("{mark} ESCAPE '!'"), format!("{mark} ESCAPE '!'")),
            Form::Limit { .. } | Form::Offset | Form::Page { .. } => match self.template.dialect {
                // It looks at the value of a bound LIMIT when it plans, and so prepares again at every run; of `+?` it does not.
                Dialect::Sqlite => (format!("+{mark}"), mark),
                Dialect::Postgres | Dialect::Mysql => (mark.clone(), mark),
            },
            Form::List => {
                let (open, close) = if self.stands_in_parentheses(at) { ("", "") } else { ("(", ")") };
                (format!("{open}{}{close}", list(&mark)), format!("{open}{mark}{close}"))
            }
        };
        self.generated(&text, &judged, slot.span.clone());
    }

    fn stands_in_parentheses(&self, at: usize) -> bool {
        let is =
            |item: Option<&Item>, paren: &str| item.is_some_and(|item| &self.template.text[item.span.clone()] == paren);
        let solid = |item: &&Item| item.what != What::Token(Kind::Space);
        let items = &self.template.items;
        is(items[..at].iter().rev().find(solid), "(") && is(items[at + 1..].iter().find(solid), ")")
    }
}

/// SQLite and MariaDB count for themselves, so that a text stays right when a stretch of it is left out.
fn placeholder(dialect: Dialect, number: usize) -> String {
    match dialect {
        Dialect::Sqlite | Dialect::Mysql => "?".to_owned(),
        Dialect::Postgres => format!("${number}"),
    }
}

/// The rows of a bound list. SQLite takes them as a pointer to Rust values (its `carray`, here `rarray`), so that every value stays
/// exact: JSON would cut a text at U+0000 and has no blobs. The other dialects' lists are refused when the template is read.
fn list(mark: &str) -> String {
    format!("SELECT value FROM rarray({mark})")
}
