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
mod independent;
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
pub use model::{Choice, MAX_INDEPENDENT, MAX_SHAPES, Part, Template};
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
        let many = template.too_many();
        if many.is_none() && problems.is_empty() {
            problems.extend(whole_table::problems(&template, all_rows));
        }
        problems.extend(many);
        if problems.is_empty() {
            return Ok(template);
        }
        problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
        problems.dedup();
        Err(problems)
    }

    /// The same template with every optional part enumerated: for statements whose structure nobody checks (`unchecked`).
    ///
    /// # Errors
    /// If that makes more than [`MAX_SHAPES`] statements.
    pub fn enumerated(mut self) -> Result<Self, Problem> {
        self.parts.iter_mut().for_each(|part| part.independent = false);
        match self.too_many() {
            Some(problem) => Err(problem),
            None => Ok(self),
        }
    }

    fn too_many(&self) -> Option<Problem> {
        let problem = |message: String, help: &str| Some(Problem::new(0..self.text.len(), message).help(help));
        if self.shape_count().is_none_or(|count| count > MAX_SHAPES) {
            let message = format!("this template becomes more than {MAX_SHAPES} statements");
            return problem(message, "split the query, or use fewer optional parts and choices");
        }
        if self.independent().len() > MAX_INDEPENDENT {
            let message = format!("this template has more than {MAX_INDEPENDENT} optional parts");
            return problem(message, "split the query, or put several conditions into one part");
        }
        None
    }

    /// The statements that are judged, so that all that the template can become are known to be right.
    ///
    /// For every choice, with all independent parts and with none of them; for the first choice also with each part alone and with all but it.
    pub fn shapes(&self) -> Vec<Shape> {
        let numbers = 0..self.shape_count().unwrap_or(0);
        numbers
            .flat_map(|number| self.judged(number).into_iter().map(move |parts| (number, parts)))
            .map(|(number, parts)| shape::render(self, number, parts))
            .collect()
    }

    /// For every choice the statement with all independent parts: those that are not wanted are left out of it when it runs ([`Shape::parts`]).
    pub fn whole_shapes(&self) -> Vec<Shape> {
        let all = self.all_independent();
        (0..self.shape_count().unwrap_or(0)).map(|number| shape::render(self, number, all)).collect()
    }

    /// The sets of independent parts that are judged. With all of them, every part is judged in its place; with none, so is the rest. What is
    /// alone or missing alone can be no worse if the parts are independent, and says so if they are not.
    fn judged(&self, number: usize) -> Vec<u64> {
        let all = self.all_independent();
        let mut sets = vec![0, all];
        if number == 0 {
            let bits: Vec<u64> = self.independent().into_iter().filter_map(|part| self.bit(part)).collect();
            sets.extend(bits.iter().flat_map(|bit| [*bit, all ^ bit]));
        }
        // In the order in which an enumeration has them: the first part changes last.
        sets.sort_by_key(|set| set.reverse_bits());
        sets.dedup();
        sets
    }

    fn all_independent(&self) -> u64 {
        self.independent().into_iter().filter_map(|part| self.bit(part)).fold(0, |all, bit| all | bit)
    }
}

#[cfg(test)]
mod tests;
