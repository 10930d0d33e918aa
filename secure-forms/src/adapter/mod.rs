//! The only files that name a framework, and what they share.

mod http_types;
mod refused;

#[cfg(feature = "axum")]
pub(crate) mod axum;

#[cfg(feature = "maud")]
mod maud;

pub use refused::{Cause, Refused};
