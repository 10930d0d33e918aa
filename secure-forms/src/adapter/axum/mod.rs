//! axum 0.8: extractors, responses and layers.

mod assets;
mod connection;
mod csrf;
mod download;
mod envelope;
mod form;
mod headers;
#[cfg(feature = "multipart")]
mod multipart;
mod own_origin;
mod panic;
mod protection;
mod report;
mod respond;
mod routes;

pub use self::connection::{ConnectionLayer, NoClientIp, WithConnection};
pub use self::csrf::{CsrfFuture, CsrfLayer, WithCsrf};
pub use self::form::Submitted;
pub use self::headers::{
    NoSecurityHeadersLayer, Personal, SecurityHeadersFuture, SecurityHeadersLayer, WithSecurityHeaders,
};
pub use self::own_origin::{OwnOriginFuture, OwnOriginLayer, WithOwnOrigin};
pub use self::panic::{CatchPanicFuture, CatchPanicLayer, WithCatchPanic};
pub use self::protection::ProtectionLayer;
pub use self::report::ViolationReports;
pub use self::routes::{At, Handle, handle, router};
