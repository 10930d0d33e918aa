//! What typing works with: the schema, the list that problems are reported into, and the parameters whose types are settled
//! by their uses. It knows no scope and no syntax tree.

use std::ops::Range;

use sqlparser::ast::DataType;

use crate::dialect::Dialect;
use crate::problem::{Problem, Problems};
use crate::schema::{Schema, declared};
use crate::types::Ty;
use crate::typing::parameters::Parameters;
use crate::typing::value::Typed;

/// The parts that are handed to [`Typing`](super::Typing).
pub(crate) struct Inference<'a> {
    pub(crate) dialect: Dialect,
    pub(crate) schema: &'a Schema,
    pub(crate) problems: Problems,
    pub(crate) parameters: Parameters,
}

impl Inference<'_> {
    pub(crate) fn report(&mut self, problem: Problem) {
        self.problems.report(problem);
    }

    pub(crate) fn refuse(&mut self, span: Range<usize>, message: impl Into<String>) -> Typed {
        self.problems.report(Problem::new(span, message));
        Typed::any()
    }

    pub(crate) fn cannot_judge(&mut self, span: Range<usize>, message: impl Into<String>) -> Typed {
        self.problems.report(Problem::cannot_judge(span, message));
        Typed::any()
    }

    /// Whether a function, a table or a type that the checker does not find may exist all the same.
    pub(crate) fn unsure(&self) -> bool {
        self.schema.uncertain
    }

    /// A name that was not found: refused, unless something may have made it.
    pub(crate) fn missing(&mut self, span: Range<usize>, message: String, help: Option<String>) {
        let problem = if self.unsure() { Problem::cannot_judge(span, message) } else { Problem::new(span, message) };
        self.report(problem.maybe_help(help));
    }

    /// A type that a statement names.
    pub(crate) fn named_type(&mut self, data_type: &DataType, span: Range<usize>) -> Ty {
        let ty = declared::read(self.dialect, data_type).ty;
        let known = self.schema.known_type(ty.clone());
        if known == Ty::Any
            && ty != Ty::Any
            && let Ty::Named(name) | Ty::Array(name) = &ty
        {
            self.missing(span, format!("no type `{name}`"), None);
        }
        known
    }
}
