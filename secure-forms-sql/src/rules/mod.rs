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
//! | `tree` | a statement, with the slot of each of its placeholders |
//! | `node` | the tree as one kind of node with children |

mod beyond_parser;
mod carried;
mod node;
mod placement;
mod sized;
mod tree;
mod whole_table;

use crate::check::parse;
use crate::problem::Problem;
use crate::schema::Schema;
use crate::span::Source;
use crate::stack::on_large_stack;
use crate::template::{AllRows, Shape, Template};
use carried::Carried;
use tree::Tree;

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
    pub fn rules(&self, shapes: &[Shape], schema: &Schema, all_rows: AllRows) -> Result<Vec<usize>, Vec<Problem>> {
        let mut needles = Vec::new();
        let problems = on_large_stack(|| {
            let of_shape = |shape: &Shape| of_shape(self, shape, schema, all_rows, &mut needles);
            shapes.iter().flat_map(of_shape).collect::<Vec<_>>()
        });
        let no_thread = || vec![Problem::new(0..self.text().len(), "the system gave no thread to check it on")];
        let mut problems = problems.unwrap_or_else(no_thread);
        problems.sort_by(|a, b| (a.span.start, a.span.end, &a.message).cmp(&(b.span.start, b.span.end, &b.message)));
        problems.dedup();
        if problems.is_empty() { Ok(needles) } else { Err(problems) }
    }
}

fn of_shape(
    template: &Template<'_>,
    shape: &Shape,
    schema: &Schema,
    all_rows: AllRows,
    needles: &mut Vec<usize>,
) -> Vec<Problem> {
    let source = Source::new(&shape.judged);
    let Ok(parsed) = parse(template.dialect(), &source, &shape.judged) else {
        needles.extend(beyond_parser::needles(template, shape));
        return beyond_parser::problems(template, shape, all_rows);
    };
    let tree = Tree::of(template, shape, schema, &source, &parsed);
    let carried = Carried::of(&tree);
    let mut problems = placement::problems(&tree, &carried);
    problems.extend(sized::problems(&tree, &carried));
    needles.extend(sized::needles(&tree));
    if problems.is_empty() {
        problems.extend(tree.unseen());
    }
    if all_rows == AllRows::Refused {
        problems.extend(whole_table::problems(&tree));
    }
    problems
}

#[cfg(test)]
mod tests;
