//! The only files that name a framework.

#[cfg(feature = "axum")]
pub(crate) mod axum;
#[cfg(feature = "axum")]
mod guard;

#[cfg(feature = "maud")]
mod maud;

#[cfg(feature = "axum")]
pub use guard::FormGuard;
