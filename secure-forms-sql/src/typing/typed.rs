//! What a dialect has to say about types.

use std::ops::Range;

use sqlparser::ast::{DataType, Value};

use crate::types::Ty;
use crate::typing::call::{Call, Role};
use crate::typing::dynamic;
use crate::typing::inference::Inference;
use crate::typing::rows::{DeclaredColumn, Rows};
use crate::typing::value::{Placed, Typed};

/// A dialect's types. Where it has no rule of its own, a value is taken as it is.
pub(crate) trait Typing: Sync {
    /// `left name right`.
    fn operator(&self, inference: &mut Inference<'_>, name: &str, left: &Placed, right: &Placed) -> Typed;

    /// What the left side of an operator is used as.
    fn left_operand(&self, inference: &mut Inference<'_>, name: &str, left: &Placed, right: &Placed) -> Ty {
        self.operator(inference, name, left, right);
        dynamic::used_as(left)
    }

    /// `name inner`.
    fn prefix(&self, inference: &mut Inference<'_>, name: &str, inner: &Placed) -> Typed {
        dynamic::prefix(inference, name, inner)
    }

    /// `left name ANY (array)`, where there are arrays.
    fn array_operator(&self, inference: &mut Inference<'_>, name: &str, left: &Placed, array: &Placed) -> Typed {
        self.operator(inference, name, left, array)
    }

    /// What several values have in common: the arms of CASE, the sides of UNION.
    fn unify(&self, inference: &mut Inference<'_>, cells: &[(&Typed, Range<usize>)], _what: &str) -> Typed {
        dynamic::unify(inference, cells)
    }

    /// A value that is stored as `ty`, or used where only that is taken.
    fn assign(&self, inference: &mut Inference<'_>, typed: &Typed, ty: &Ty, _span: Range<usize>, _what: &str) {
        dynamic::hint(inference, typed.clone(), ty);
    }

    /// `CAST(inner AS data_type)`.
    fn cast(&self, inference: &mut Inference<'_>, inner: &Placed, data_type: &DataType, span: Range<usize>) -> Typed;

    /// A literal; placeholders are none.
    fn literal(&self, inference: &mut Inference<'_>, value: &Value, span: Range<usize>) -> Typed;

    /// A word that is a value: `CURRENT_TIMESTAMP`. `None` if it is not known.
    fn constant(&self, name: &str) -> Option<Typed>;

    /// `EXTRACT(field FROM inner)`.
    fn extract(&self, inference: &mut Inference<'_>, inner: Placed, span: Range<usize>) -> Typed;

    /// What kind of function a name is with this many arguments.
    fn role(&self, name: &str, count: usize) -> Role;

    /// What a call gives.
    fn call(&self, inference: &mut Inference<'_>, call: &Call, role: Role) -> Typed;

    /// The rows that a call gives in FROM; `None` if they are not known, which is reported.
    fn rows(&self, inference: &mut Inference<'_>, call: &Call, declared: &[DeclaredColumn<'_>]) -> Option<Rows>;

    /// A value whose type nothing gave by the time it leaves an expression.
    fn text_if_open(&self, _inference: &mut Inference<'_>, typed: Typed, _span: Range<usize>) -> Typed {
        typed
    }

    /// A value that is a condition.
    fn boolean(&self, _inference: &mut Inference<'_>, _typed: &Typed, _span: Range<usize>, _what: &str) {}

    /// A type whose values are grouped, sorted or made distinct.
    fn groupable(&self, _inference: &mut Inference<'_>, _ty: &Ty, _span: Range<usize>) {}
}
