//! What is refused where the parser has no grammar for a statement, so that there is no tree. Such a statement only runs under `unchecked`. Tokens
//! cannot say what an operand is, so everything that could be one counts.

use super::sized::LOOKED_FOR;
use crate::problem::Problem;
use crate::template::placement::WILDCARDS;
use crate::template::{AllRows, Form, Shape, Template};

/// What could be wrong with a statement that cannot be read.
pub(super) fn problems(template: &Template<'_>, shape: &Shape, all_rows: AllRows) -> Vec<Problem> {
    let mut problems = values(template, shape);
    if all_rows == AllRows::Refused {
        let problem = |span| {
            Problem::new(span, "the checker cannot read this statement, nor see which rows its `WHERE` leaves out")
                .help("write it in plainer SQL; if every row is meant, say so: `query!(all_rows, unchecked(…), \"…\")`")
        };
        problems.extend(template.changes().into_iter().map(problem));
    }
    problems
}

/// The values that could be looked for in other texts.
pub(super) fn needles(template: &Template<'_>, shape: &Shape) -> Vec<usize> {
    let first = template.first_word(&LOOKED_FOR);
    let behind = |index: &usize| {
        let slot = template.slots().get(*index);
        first.is_some_and(|first| slot.is_some_and(|slot| slot.span.start > first && slot.form == Form::Value))
    };
    shape.slots.iter().copied().filter(behind).collect()
}

/// A plain value behind the first of these words could be a number of rows, a part of a pattern, or a size.
fn values(template: &Template<'_>, shape: &Shape) -> Vec<Problem> {
    let first = |words: &[&str]| template.first_word(words);
    let (rows, pattern) =
        (first(&["LIMIT", "FETCH"]), first(&["LIKE", "ILIKE", "GLOB", "REGEXP", "RLIKE", "MATCH", "SIMILAR"]));
    let size = first(&[
        "randomblob",
        "zeroblob",
        "space",
        "generate_series",
        "repeat",
        "lpad",
        "rpad",
        "printf",
        "format",
        "trim",
        "ltrim",
        "rtrim",
    ]);
    let slots = shape.slots.iter().filter_map(|index| template.slots().get(*index));
    let plain = slots.filter(|slot| slot.form == Form::Value);
    let behind = |word: Option<usize>, at: usize| word.is_some_and(|word| word < at);
    plain
        .filter_map(|slot| {
            let problem = |message: &str, help: &str| Some(Problem::new(slot.span.clone(), message).help(help));
            match slot.span.start {
                at if behind(rows, at) => {
                    problem("`LIMIT` takes a bound value only with a cap", "write `LIMIT {n: max 100}`, as the statement's end")
                }
                at if behind(pattern, at) => problem(WILDCARDS, WHICH_UNREAD),
                at if behind(size, at) => problem(
                    "a bound value may choose how much this function makes",
                    "the checker cannot read this statement: write it in plainer SQL, or put the value before the function",
                ),
                _ => None,
            }
        })
        .collect()
}

const WHICH_UNREAD: &str = "the checker cannot read this statement: put conditions without a pattern before the `LIKE`, and write `LIKE {q: contains}`";
