//! Model → mistakes: what a well-formed attribute may still get wrong.

pub(crate) mod asset;
pub(crate) mod choice;
pub(crate) mod csp;
pub(crate) mod form;
pub(crate) mod routes;
