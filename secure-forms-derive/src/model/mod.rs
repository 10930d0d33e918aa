//! What the macros know about an item once it has been read.

#[cfg(feature = "web")]
pub(crate) mod asset;
pub(crate) mod choice;
#[cfg(feature = "web")]
pub(crate) mod csp;
pub(crate) mod form;
pub(crate) mod holds;
pub(crate) mod html;
#[cfg(feature = "sqlite")]
pub(crate) mod query;
#[cfg(feature = "web")]
pub(crate) mod readable;
pub(crate) mod root;
pub(crate) mod routes;
pub(crate) mod safe_path;
#[cfg(feature = "sqlite")]
pub(crate) mod schema;
pub(crate) mod words;
