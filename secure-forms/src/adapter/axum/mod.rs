//! axum 0.8: extractors, responses and layers.

mod headers;

pub use self::headers::{
    NoSecurityHeadersLayer, Personal, SecurityHeadersFuture, SecurityHeadersLayer, WithSecurityHeaders,
};
