//! What an expression is: its type, whether it can be NULL, and where that comes from.

use std::ops::Range;

use crate::types::Ty;

/// What an expression is.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub(crate) ty: Ty,
    pub(crate) nullable: bool,
    /// The parameter that it is, so that its type can be settled by its use.
    pub(crate) param: Option<usize>,
    pub(crate) from: Option<(String, String)>,
    /// The name of the column that it is, as it was declared.
    pub(crate) column: Option<String>,
    /// The text of a literal whose type is still open.
    pub(crate) literal: Option<String>,
}

/// An expression's type beside its place.
pub(crate) type Placed = (Typed, Range<usize>);

impl Typed {
    pub(crate) fn new(ty: Ty, nullable: bool) -> Self {
        Self { ty, nullable, param: None, from: None, column: None, literal: None }
    }

    /// What the checker knows nothing about; also the result of everything that was found wrong.
    pub(crate) fn any() -> Self {
        Self::new(Ty::Any, true)
    }

    pub(crate) fn nullable_if(mut self, nullable: bool) -> Self {
        self.nullable |= nullable;
        self
    }
}
