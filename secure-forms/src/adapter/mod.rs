//! The only files that name a framework.

#[cfg(feature = "axum")]
pub(crate) mod axum;
#[cfg(feature = "axum")]
mod guard;
#[cfg(feature = "axum")]
mod own_origin;

#[cfg(feature = "maud")]
mod maud;

#[cfg(feature = "axum")]
pub use guard::FormGuard;
#[cfg(feature = "axum")]
pub use own_origin::Misdirected;
