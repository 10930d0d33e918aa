//! Which writes need to be asked for by name, as far as tokens tell: those that could reach every row, and those that depend
//! on the order of a table's columns. What only the syntax tree tells is in `rules::whole_table`.

use std::ops::Range;

use super::lex::Kind;
use super::model::{MAX_SHAPES, Template, What};
use super::shape;
use super::slot::Form;
use super::solid::Solid;
use crate::problem::Problem;

/// Whether a write that may reach every row of its table was asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllRows {
    /// `UPDATE` and `DELETE` need a `WHERE` that cannot vanish.
    Refused,
    /// The author wrote `all_rows`.
    Allowed,
}

impl Template<'_> {
    /// Where this becomes an `UPDATE` or a `DELETE`.
    pub(crate) fn changes(&self) -> Vec<Range<usize>> {
        let solid = Solid::of(self, |_| true);
        (0..solid.items.len()).filter(|at| is_change(&solid, *at)).map(|at| solid.span(at)).collect()
    }
}

/// Rules about writes: `INSERT` names its columns, and what could reach every row says so.
pub(super) fn problems(template: &Template<'_>, all_rows: AllRows) -> Vec<Problem> {
    let solid = Solid::of(template, |_| true);
    let mut problems: Vec<_> = (0..solid.items.len()).filter_map(|at| insert_problem(&solid, at)).collect();
    if all_rows == AllRows::Refused {
        problems.extend(
            (0..solid.items.len()).filter(|at| is_change(&solid, *at)).flat_map(|at| vanishing(&solid, template, at)),
        );
        if problems.is_empty() {
            problems.extend(without_where(template));
        }
    }
    problems
}

/// `UPDATE` or `DELETE` as a verb; not `ON CONFLICT DO UPDATE`, `FOR UPDATE`, `ON DUPLICATE KEY UPDATE`, `ON DELETE`.
fn is_change(solid: &Solid<'_>, at: usize) -> bool {
    let other = ["DO", "FOR", "KEY", "ON", "BEFORE", "AFTER", "OF", "AS"];
    let qualified = at.checked_sub(1).is_some_and(|before| solid.is_punct(before, "."));
    // A column may bear the name of the verb: `SELECT update FROM t`, `f(delete)`.
    let verb = matches!(solid.items.get(at + 1).map(|item| item.what), Some(What::Token(Kind::Word | Kind::Name)));
    let verb = verb && (solid.is(at, &["UPDATE"]) && !solid.is(at + 1, &["FROM"]) || solid.is(at, &["DELETE"]));
    verb && !qualified && !solid.before(at, &other)
}

/// In some shape the `WHERE` is not there.
fn without_where(template: &Template<'_>) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    for number in 0..template.shape_count().unwrap_or(0).min(MAX_SHAPES) {
        let present = shape::present(template, number);
        let solid = Solid::of(template, |item| item.part.is_none_or(|part| present.contains(&part)));
        for at in (0..solid.items.len()).filter(|at| is_change(&solid, *at)) {
            if solid.find_in_group(at + 1, &["WHERE"]).is_none() {
                let verb = solid.text(at).to_uppercase();
                let problem =
                    Problem::new(solid.span(at), format!("this `{verb}` has no `WHERE`: it reaches every row"));
                problems.push(problem.help(ALL_ROWS));
            }
        }
    }
    problems.dedup();
    problems
}

/// What to write where every row is meant.
pub(crate) const ALL_ROWS: &str = "if every row is meant, say so: `query!(all_rows, \"…\")`";

/// Conditions of a write that some value can take away: optional parts, and `NOT IN` with an empty list.
fn vanishing(solid: &Solid<'_>, template: &Template<'_>, verb: usize) -> Vec<Problem> {
    let Some(start) = solid.find_in_group(verb + 1, &["WHERE"]) else { return vec![] };
    let end = solid.find_in_group(start, &["RETURNING", "ORDER", "LIMIT"]).unwrap_or_else(|| solid.group_end(start));
    let mut problems = Vec::new();
    let mut negated = false;
    let mut reported = None;
    for at in start + 1..end {
        let is_null = solid.before(at, &["IS"]) || solid.is(at + 1, &["NULL", "LIKE", "ILIKE", "BETWEEN", "GLOB"]);
        negated |= solid.is(at, &["NOT"]) && !is_null;
        let item = solid.items[at];
        if let Some(part) = item.part.filter(|part| reported != Some(*part)) {
            reported = Some(part);
            let span = template.parts.get(part).map_or(item.span.clone(), |part| part.span.clone());
            problems.push(
                Problem::new(span, "an optional part of a write's `WHERE` can vanish, and with it the limit")
                    .help(ALL_ROWS),
            );
        }
        let list = matches!(item.what, What::Slot(index) if template.slots.get(index).is_some_and(|slot| slot.form == Form::List));
        if list && negated {
            let problem = Problem::new(item.span.clone(), "`NOT IN` an empty list is true for every row");
            problems.push(problem.help(ALL_ROWS));
        }
    }
    problems
}

/// `INSERT INTO t VALUES …` depends on the order of the columns, which a migration may change.
fn insert_problem(solid: &Solid<'_>, at: usize) -> Option<Problem> {
    let verb = solid.is(at, &["INTO"]) && (1..=3).any(|back| at >= back && solid.is(at - back, &["INSERT", "REPLACE"]));
    if !verb {
        return None;
    }
    let mut next = at + 2;
    while solid.is_punct(next, ".") {
        next += 2;
    }
    if solid.is(next, &["AS"]) {
        next += 2;
    }
    let columns = solid.is_punct(next, "(") && !solid.is(next + 1, &["SELECT", "VALUES", "WITH"]);
    if columns || solid.is(next, &["DEFAULT"]) {
        return None;
    }
    let problem = Problem::new(solid.span(at + 1), "this `INSERT` does not name its columns");
    Some(problem.help(format!("write `INSERT INTO {} (first, second) VALUES …`", solid.text(at + 1))))
}
