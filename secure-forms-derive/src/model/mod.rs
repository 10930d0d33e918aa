//! What the macros know about an item once it has been read.

pub(crate) mod choice;
pub(crate) mod form;
pub(crate) mod readable;
pub(crate) mod root;
pub(crate) mod routes;
