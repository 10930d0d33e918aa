//! Model → mistakes: what a well-formed attribute may still get wrong.

pub(crate) mod asset;
mod autocomplete;
pub(crate) mod choice;
pub(crate) mod csp;
mod files;
pub(crate) mod form;
mod hidden;
pub(crate) mod html;
mod limits;
mod pattern;
#[cfg(feature = "sqlite")]
pub(crate) mod prepare;
#[cfg(feature = "sqlite")]
pub(crate) mod query;
mod readable;
mod resolve;
pub(crate) mod routes;
mod sentences;
mod texts;
mod types;
#[cfg(feature = "sqlite")]
pub(crate) mod verdict;
