//! axum 0.8: extractors, responses and layers.

mod assets;
mod body;
mod csrf;
mod download;
mod envelope;
mod form;
mod headers;
#[cfg(feature = "multipart")]
mod multipart;
mod report;
mod respond;
mod routes;

pub use self::csrf::{CsrfFuture, CsrfLayer, WithCsrf};
pub use self::form::Submitted;
pub use self::headers::{
    NoSecurityHeadersLayer, Personal, SecurityHeadersFuture, SecurityHeadersLayer, WithSecurityHeaders,
};
pub use self::report::ViolationReports;
pub use self::routes::{At, Handle, handle, router};
