//! What can go wrong in a handler, as the person sees it: never a cause, always what to do.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use secure_forms::query;

use crate::layout;
use crate::limits::RetryAfter;
use crate::passwords::PasswordError;

/// Why there is no page.
#[derive(Debug)]
pub(crate) enum Error {
    /// The database: 503 while another writer has it, else 500.
    Store(query::Error),
    /// Too many people sign in at once: 503.
    Busy,
    /// 429.
    TooMany(RetryAfter),
    /// 404.
    NotFound,
    /// 500.
    Internal,
}

impl From<query::Error> for Error {
    fn from(error: query::Error) -> Self {
        Self::Store(error)
    }
}

impl From<PasswordError> for Error {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy => Self::Busy,
            PasswordError::Hash => Self::Internal,
        }
    }
}

impl From<RetryAfter> for Error {
    fn from(wait: RetryAfter) -> Self {
        Self::TooMany(wait)
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, words) = match &self {
            Self::Store(error) if error.is_busy() => {
                (StatusCode::SERVICE_UNAVAILABLE, "The site is busy. Please try again in a moment.")
            }
            Self::Busy => {
                (StatusCode::SERVICE_UNAVAILABLE, "Too many people sign in just now. Please try again in a moment.")
            }
            Self::TooMany(_) => {
                (StatusCode::TOO_MANY_REQUESTS, "That was tried too often. Please wait a little and try again.")
            }
            Self::NotFound => (StatusCode::NOT_FOUND, "There is nothing at this address."),
            Self::Store(_) | Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side."),
        };
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            // The kind of a failure, never values: they are not in it.
            eprintln!("demo: {self:?}");
        }
        let mut response = (status, layout::bare(status.canonical_reason().unwrap_or("Error"), words)).into_response();
        let wait = match self {
            Self::TooMany(wait) => Some(wait.seconds()),
            _ if status == StatusCode::SERVICE_UNAVAILABLE => Some(2),
            _ => None,
        };
        if let Some(seconds) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
