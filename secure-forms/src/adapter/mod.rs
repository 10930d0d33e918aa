//! The only files that name a framework.

#[cfg(feature = "axum")]
pub(crate) mod axum;
