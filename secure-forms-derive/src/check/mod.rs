//! What is written → what is checked: what a well-formed attribute may still get wrong is reported, and what passes cannot contradict itself.

#[cfg(feature = "web")]
pub(crate) mod asset;
mod autocomplete;
pub(crate) mod choice;
#[cfg(feature = "web")]
pub(crate) mod csp;
mod files;
pub(crate) mod form;
mod hidden;
pub(crate) mod html;
mod limits;
mod pattern;
#[cfg(feature = "sqlite")]
pub(crate) mod query;
mod readable;
mod resolve;
pub(crate) mod routes;
pub(crate) mod safe_path;
mod sentences;
mod texts;
mod types;
#[cfg(feature = "sqlite")]
pub(crate) mod verdict;
