//! axum 0.8: extractors, responses and layers.

mod assets;
mod download;
mod headers;

pub use self::headers::{
    NoSecurityHeadersLayer, Personal, SecurityHeadersFuture, SecurityHeadersLayer, WithSecurityHeaders,
};
