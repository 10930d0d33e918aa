//! What `query!` costs at run time: the text of a statement is made of its constant, without the optional parts that are absent, as it is
//! each time that the statement runs. What copying the same pieces costs is subtracted; the rest, by the number of parts, is the choosing.

use std::borrow::Cow;
use std::hint::black_box;

use secure_forms::query;
use secure_forms::query::Dialect;

use crate::count::{self, Case, Start};
use crate::table::{Line, Target, Unit};

const PARTS: usize = 40;

const START: &str = "SELECT id FROM users WHERE id > 0";
const PART: &str = " AND age >= ?";

/// Which parts are there: the name of the case, the one of the case that copies its pieces, the values of every other part and of those
/// between.
type Choice = (&'static str, &'static str, Option<i64>, Option<i64>);

const CHOICES: [Choice; 3] = [
    ("query, one of 40 optional parts, all there", "query, a constant text", Some(1), Some(1)),
    ("query, one of 40 optional parts, every other there", "query, 21 pieces copied", Some(1), None),
    ("query, one of 40 optional parts, none there", "query, one piece copied", None, None),
];

/// A search of forty filters.
fn search(odd: Option<i64>, even: Option<i64>) -> impl Fn() -> Option<Cow<'static, str>> {
    let statement = query!(
        "SELECT id FROM users WHERE id > 0 \
         [AND age >= {odd?}] [AND age >= {even?}] [AND age >= {odd?}] [AND age >= {even?}] [AND age >= {odd?}] [AND age >= {even?}] \
         [AND age >= {odd?}] [AND age >= {even?}] [AND age >= {odd?}] [AND age >= {even?}] [AND age >= {odd?}] [AND age >= {even?}] \
         [AND age >= {odd?}] [AND age >= {even?}] [AND age >= {odd?}] [AND age >= {even?}] [AND age >= {odd?}] [AND age >= {even?}] \
         [AND age >= {odd?}] [AND age >= {even?}] [AND age >= {odd?}] [AND age >= {even?}] [AND age >= {odd?}] [AND age >= {even?}] \
         [AND age >= {odd?}] [AND age >= {even?}] [AND age >= {odd?}] [AND age >= {even?}] [AND age >= {odd?}] [AND age >= {even?}] \
         [AND age >= {odd?}] [AND age >= {even?}] [AND age >= {odd?}] [AND age >= {even?}] [AND age >= {odd?}] [AND age >= {even?}] \
         [AND age >= {odd?}] [AND age >= {even?}] [AND age >= {odd?}] [AND age >= {even?}]"
    );
    move || statement.text(Dialect::Sqlite)
}

/// The same statement without an optional part, so that what is common to all texts is not counted.
fn constant() -> impl Fn() -> Option<Cow<'static, str>> {
    let statement = query!("SELECT id FROM users WHERE id > 0");
    move || statement.text(Dialect::Sqlite)
}

fn parts_there(odd: Option<i64>, even: Option<i64>) -> usize {
    PARTS / 2 * (usize::from(odd.is_some()) + usize::from(even.is_some()))
}

/// What joins the pieces that are known already.
fn copied(constant: &dyn Fn() -> Option<Cow<'static, str>>, parts: usize) -> Option<Cow<'static, str>> {
    let text = constant();
    // Nothing is copied where nothing is left out.
    if parts == PARTS {
        return text;
    }
    let mut joined = String::with_capacity(START.len() + PARTS * PART.len());
    joined.push_str(text.as_deref().unwrap_or_default());
    // A constant's length would be known here, as that of a piece is not.
    (0..parts).for_each(|_| joined.push_str(black_box(PART)));
    Some(Cow::Owned(joined))
}

pub(crate) fn cases(cases: &mut Vec<Case>) {
    for (name, copy, odd, even) in CHOICES {
        cases.push(Case::new(name, search(odd, even)));
        let constant = constant();
        cases.push(Case::new(copy, move || copied(&constant, parts_there(odd, even))));
    }
}

pub(crate) fn lines() -> Result<Vec<Line>, String> {
    let line = |(name, copy, ..): Choice| {
        let choosing = count::instructions(name, Start::Warm)?.saturating_sub(count::instructions(copy, Start::Warm)?);
        Ok(Line::alone(name, choosing as f64 / PARTS as f64, Unit::Instructions, Target::Most(10.0)))
    };
    CHOICES.map(line).into_iter().collect()
}

/// The texts are those that are meant.
pub(crate) fn assert_agreement() {
    for (name, _, odd, even) in CHOICES {
        let expected = format!("{START}{}", PART.repeat(parts_there(odd, even)));
        assert_eq!(search(odd, even)().as_deref(), Some(expected.as_str()), "{name}");
    }
}
