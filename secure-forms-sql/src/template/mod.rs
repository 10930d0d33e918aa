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
//! Statements read or write rows: `SELECT`, `INSERT`, `UPDATE`, `DELETE`, `REPLACE`, `VALUES`, also behind `WITH` and `EXPLAIN`. Comments, `;`, placeholders written by hand, values in quotes and `[name]` quoting are refused, and so are writes that could reach every
//! row without saying so ([`AllRows`]).

mod caret;
mod kind;
mod lex;
mod model;
mod part;
pub(crate) mod placement;
mod shape;
mod slot;
mod solid;
pub(crate) mod whole_table;

use crate::dialect::Dialect;
use crate::problem::Problem;

pub use caret::caret;
pub use model::{Choice, MAX_SHAPES, Part, Template};
pub use shape::Shape;
pub use slot::{Arm, Form, Like, Slot, Sort};
pub use whole_table::AllRows;

impl<'t> Template<'t> {
    /// Reads a template and applies the rules that need no schema.
    ///
    /// # Errors
    /// Every mistake, in the order of the text.
    pub fn parse(text: &'t str, dialect: Dialect, all_rows: AllRows) -> Result<Self, Vec<Problem>> {
        let (template, mut problems) = part::assemble(text, dialect);
        problems.extend(placement::problems(&template));
        problems.extend(kind::problem(&template));
        if template.shape_count().is_none_or(|count| count > MAX_SHAPES) {
            let message = format!("this template becomes more than {MAX_SHAPES} statements");
            let help = "split the query, or use fewer optional parts and choices";
            problems.push(Problem::new(0..text.len(), message).help(help));
        } else if problems.is_empty() {
            problems.extend(whole_table::problems(&template, all_rows));
        }
        if problems.is_empty() {
            return Ok(template);
        }
        problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
        problems.dedup();
        Err(problems)
    }

    /// Every statement, in the order of their numbers.
    pub fn shapes(&self) -> Vec<Shape> {
        (0..self.shape_count().unwrap_or(0)).map(|number| shape::render(self, number)).collect()
    }
}

#[cfg(test)]
mod tests;
