//! The only files that name a framework.

#[cfg(feature = "axum")]
pub(crate) mod axum;

#[cfg(feature = "maud")]
mod maud;
