//! What is checked → tokens. Reads no attribute, judges nothing.

mod names;
pub(crate) mod path;

#[cfg(feature = "web")]
pub(crate) mod asset;
pub(crate) mod choice;
#[cfg(feature = "web")]
pub(crate) mod csp;
pub(crate) mod form;
pub(crate) mod html;
pub(crate) mod pattern;
#[cfg(feature = "sqlite")]
pub(crate) mod query;
#[cfg(feature = "web")]
pub(crate) mod readable;
pub(crate) mod routes;
mod rule;
pub(crate) mod safe_path;
#[cfg(feature = "sqlite")]
pub(crate) mod schema;
