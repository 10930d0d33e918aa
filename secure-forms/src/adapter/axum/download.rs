//! Downloads as parts of an axum response: `(Download::new("report.pdf"), bytes)`.

use std::convert::Infallible;

use axum_core::response::{IntoResponseParts, ResponseParts};
use http::HeaderMap;

use crate::response::{Download, InlineMedia};

fn put(mut parts: ResponseParts, headers: HeaderMap) -> ResponseParts {
    for (name, value) in &headers {
        parts.headers_mut().insert(name, value.clone());
    }
    parts
}

/// Replaces the headers that the body brought.
impl IntoResponseParts for Download {
    type Error = Infallible;

    fn into_response_parts(self, parts: ResponseParts) -> Result<ResponseParts, Self::Error> {
        Ok(put(parts, self.headers()))
    }
}

/// Replaces the headers that the body brought.
impl IntoResponseParts for InlineMedia {
    type Error = Infallible;

    fn into_response_parts(self, parts: ResponseParts) -> Result<ResponseParts, Self::Error> {
        Ok(put(parts, self.headers()))
    }
}
