//! Model → mistakes: what a well-formed attribute may still get wrong.

pub(crate) mod asset;
pub(crate) mod choice;
pub(crate) mod csp;
pub(crate) mod form;
pub(crate) mod html;
mod pattern;
#[cfg(feature = "sqlite")]
pub(crate) mod prepare;
#[cfg(feature = "sqlite")]
pub(crate) mod query;
pub(crate) mod routes;
#[cfg(feature = "sqlite")]
pub(crate) mod verdict;
