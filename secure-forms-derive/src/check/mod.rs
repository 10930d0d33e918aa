//! Model → mistakes: what a well-formed attribute may still get wrong.

pub(crate) mod choice;
pub(crate) mod form;
pub(crate) mod routes;
