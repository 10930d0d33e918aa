//! A call of a function, once its arguments have types.

use std::ops::Range;

use crate::typing::value::Placed;

/// A call whose arguments are known.
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) namespace: Option<String>,
    /// With the name where the call names it (`days => 3`).
    pub(crate) arguments: Vec<(Option<String>, Placed)>,
    pub(crate) star: bool,
    pub(crate) windowed: bool,
    pub(crate) within_group: Vec<Placed>,
    pub(crate) span: Range<usize>,
}

/// What kind of function a name is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Role {
    Plain,
    Aggregate,
    Window,
}

impl Call {
    /// A call that has no arguments yet.
    pub(crate) fn new(name: String, namespace: Option<String>, span: Range<usize>) -> Self {
        Self { name, namespace, arguments: Vec::new(), star: false, windowed: false, within_group: Vec::new(), span }
    }

    /// Whether this counts rows or values, which every dialect does alike.
    pub(crate) fn counts(&self) -> bool {
        self.name == "count" && (self.star || self.arguments.len() == 1)
    }
}
