//! The inside of one pair of braces → a [`Slot`] or a [`Sort`]: the Rust expression, and what is said about it behind the colon.

use std::ops::Range;

use super::lex::RustChars;
use crate::problem::Problem;

/// A bound value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The braces and what is in them, as a place in the template.
    pub span: Range<usize>,
    /// The Rust expression.
    pub expression: Range<usize>,
    /// Whether the optional part around it is left out when the value is `None`.
    pub optional: bool,
    /// How the value is bound.
    pub form: Form,
    /// The optional part that holds it.
    pub part: Option<usize>,
}

/// How a value is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it is.
    Value,
    /// As the right side of `LIKE`.
    Like(Like),
    /// As the right side of `IN`: any number of values, also none.
    List,
    /// As a number of rows, 0 to `max`.
    Limit {
        /// The most rows.
        max: u32,
    },
    /// As a number of rows to skip.
    Offset,
    /// As the number of a page, counted from 1, turned into the rows to skip.
    Page {
        /// Rows on a page.
        size: u32,
    },
}

/// Where a searched text must stand within the column's; `%` and `_` in it are plain characters, except in a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Like {
    /// Anywhere.
    Contains,
    /// At the start.
    Prefix,
    /// At the end.
    Suffix,
    /// The value is a pattern itself: its `%` and `_` are wildcards.
    Pattern,
}

/// A piece of SQL chosen by a Rust value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The braces and what is in them, as a place in the template.
    pub span: Range<usize>,
    /// The Rust expression.
    pub expression: Range<usize>,
    /// What it may be, and the SQL for each.
    pub arms: Vec<Arm>,
    /// The optional part that holds it.
    pub part: Option<usize>,
}

/// One choice of a [`Sort`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arm {
    /// The Rust pattern.
    pub pattern: Range<usize>,
    /// The SQL.
    pub sql: Range<usize>,
}

/// What braces hold.
pub(super) enum Braces {
    Slot(Slot),
    Sort(Sort),
}

/// Reads the braces at `span`.
pub(super) fn read(text: &str, span: Range<usize>) -> Result<Braces, Problem> {
    let inner = trim(text, span.start + 1..span.end - 1);
    let colon = split_colon(&text[inner.clone()]).map(|at| inner.start + at);
    let head = trim(text, inner.start..colon.unwrap_or(inner.end));
    if head.is_empty() {
        return Err(Problem::new(span, "these braces name no value").help("write `{name}` or `{user.name}`"));
    }
    let Some(colon) = colon else { return plain(text, span, head) };
    let tail = trim(text, colon + 1..inner.end);
    if text[tail.clone()].contains("=>") {
        return Ok(Braces::Sort(Sort { span, expression: head, arms: arms(text, tail)?, part: None }));
    }
    let (tail, optional) = strip(text, tail, "?");
    let form = form(text, &tail)?;
    Ok(Braces::Slot(Slot { span, expression: head, optional, form, part: None }))
}

/// `{value}`, `{value?}`, `{values..}`, `{values..?}`.
fn plain(text: &str, span: Range<usize>, head: Range<usize>) -> Result<Braces, Problem> {
    let (head, optional) = strip(text, head, "?");
    let (head, list) = strip(text, head, "..");
    if head.is_empty() {
        return Err(Problem::new(span, "these braces name no value").help("write `{name?}` or `{names..}`"));
    }
    let form = if list { Form::List } else { Form::Value };
    Ok(Braces::Slot(Slot { span, expression: head, optional, form, part: None }))
}

const FORMS: &str = "`contains`, `prefix`, `suffix`, `pattern`, `max 100`, `page 20` or `Sort::Name => name | …`";

fn form(text: &str, tail: &Range<usize>) -> Result<Form, Problem> {
    let mut words = text[tail.clone()].split_whitespace();
    let form = match (words.next(), words.next(), words.next()) {
        (Some("contains"), None, _) => Form::Like(Like::Contains),
        (Some("prefix"), None, _) => Form::Like(Like::Prefix),
        (Some("suffix"), None, _) => Form::Like(Like::Suffix),
        (Some("pattern"), None, _) => Form::Like(Like::Pattern),
        (Some("max"), Some(count), None) => Form::Limit { max: rows(count, tail)? },
        (Some("page"), Some(count), None) => Form::Page { size: rows(count, tail)? },
        (Some("max"), _, _) => return Err(Problem::new(tail.clone(), "`max` takes one number").help("write `max 100`")),
        (Some("page"), _, _) => {
            return Err(Problem::new(tail.clone(), "`page` takes one number").help("write `page 20`"));
        }
        _ => {
            let message = format!("`{}` says nothing about a value", &text[tail.clone()]);
            let help = format!("behind the colon stands {FORMS}; an expression with a colon goes into parentheses");
            return Err(Problem::new(tail.clone(), message).help(help));
        }
    };
    Ok(form)
}

fn rows(count: &str, tail: &Range<usize>) -> Result<u32, Problem> {
    let digits: String = count.chars().filter(|c| *c != '_').collect();
    match digits.parse() {
        Ok(rows @ 1..) => Ok(rows),
        _ => {
            let message = format!("`{count}` is not a number of rows");
            Err(Problem::new(tail.clone(), message).help("write a whole number from 1 to 4294967295"))
        }
    }
}

/// `Sort::Name => name | Sort::Newest => created_at desc`. A pattern may have alternatives (`A | B => name`); `||` belongs to the SQL.
fn arms(text: &str, tail: Range<usize>) -> Result<Vec<Arm>, Problem> {
    let mut arms: Vec<Arm> = Vec::new();
    let mut start = tail.start;
    for bar in bars(text, &tail).chain([tail.end]) {
        let piece = start..bar;
        let Some(arrow) = text[piece.clone()].find("=>").map(|at| piece.start + at) else {
            if bar == tail.end {
                let message = format!("`{}` has no SQL", text[piece.clone()].trim());
                return Err(
                    Problem::new(piece, message).help("write `Sort::Name => name | Sort::Newest => created_at desc`")
                );
            }
            continue;
        };
        let (pattern, sql) = (trim(text, piece.start..arrow), trim(text, arrow + 2..piece.end));
        if pattern.is_empty() || sql.is_empty() {
            return Err(Problem::new(piece, "a choice needs a pattern and its SQL").help("write `Sort::Name => name`"));
        }
        arms.push(Arm { pattern, sql });
        start = bar + 1;
    }
    Ok(arms)
}

/// The single bars outside of parentheses.
fn bars<'t>(text: &'t str, tail: &Range<usize>) -> impl Iterator<Item = usize> + 't {
    let bytes = text.as_bytes();
    let (from, mut depth) = (tail.start, 0usize);
    RustChars::new(&text[tail.clone()]).map(move |(at, c)| (from + at, c)).filter_map(move |(at, c)| {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let double = bytes.get(at + 1) == Some(&b'|') || bytes.get(at.wrapping_sub(1)) == Some(&b'|');
        (c == '|' && depth == 0 && !double).then_some(at)
    })
}

/// The first colon outside of parentheses that is not half of `::`.
fn split_colon(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    RustChars::new(text).find_map(|(at, c)| {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let double = bytes.get(at + 1) == Some(&b':') || bytes.get(at.wrapping_sub(1)) == Some(&b':');
        (c == ':' && depth == 0 && !double).then_some(at)
    })
}

fn strip(text: &str, range: Range<usize>, suffix: &str) -> (Range<usize>, bool) {
    match text[range.clone()].strip_suffix(suffix) {
        Some(rest) => (trim(text, range.start..range.start + rest.len()), true),
        None => (range, false),
    }
}

pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.start + (inner.len() - inner.trim_start().len());
    start..start.max(range.start + inner.trim_end().len())
}
