//! Downloads as parts of an axum response: `(Download::new("report.pdf"), bytes)`, and as streams.

use std::convert::Infallible;
#[cfg(feature = "multipart")]
use std::io::{self, Read as _};

#[cfg(feature = "multipart")]
use axum_core::body::Body;
#[cfg(feature = "multipart")]
use axum_core::response::{IntoResponse, Response};
use axum_core::response::{IntoResponseParts, ResponseParts};
#[cfg(feature = "multipart")]
use bytes::Bytes;
use http::HeaderMap;

use crate::response::{Download, InlineMedia};

fn put(mut parts: ResponseParts, headers: HeaderMap) -> ResponseParts {
    for (name, value) in &headers {
        parts.headers_mut().insert(name, value.clone());
    }
    parts
}

/// How much of a file is in memory at once: 64 KiB.
#[cfg(feature = "multipart")]
const BLOCK: usize = 64 << 10;

#[cfg(feature = "multipart")]
impl Download {
    /// The answer that sends what `reader` gives, block by block, so that a file of any size takes 64 KiB of memory. Reading
    /// happens where blocking is allowed. An error of the reader breaks the connection off: the status is sent by then.
    ///
    /// ```
    /// use axum::response::Response;
    /// use secure_forms::download::Download;
    ///
    /// async fn report() -> std::io::Result<Response> {
    ///     let file = tokio::task::spawn_blocking(|| std::fs::File::open("report.pdf")).await??;
    ///     Ok(Download::new("report.pdf").stream(file))
    /// }
    /// # let _ = report;
    /// ```
    pub fn stream(self, reader: impl io::Read + Send + 'static) -> Response {
        let blocks = futures_util::stream::try_unfold(reader, |mut reader| async move {
            let read = tokio::task::spawn_blocking(move || {
                let mut block = Vec::new();
                io::Read::take(&mut reader, BLOCK as u64).read_to_end(&mut block).map(|_| (block, reader))
            });
            let (block, reader) = read.await??;
            io::Result::Ok((!block.is_empty()).then(|| (Bytes::from(block), reader)))
        });
        (self, Body::from_stream(blocks)).into_response()
    }
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
