//! The answers of `http_types` as responses of axum.

use axum_core::body::Body;
use axum_core::response::{IntoResponse, Response};

use crate::adapter::http_types;
use crate::adapter::refused::Refused;
use crate::form::{FormPage, Rejected};
use crate::guard::{Misdirected, NoForm, PageContent};
use crate::html::Html;
use crate::response::BadReport;
use crate::route::{AllowedRedirect, ReturnToError, RouteError, SafeRedirect};
use crate::session::CsrfRefusal;

fn of(answer: impl Into<http::Response<String>>) -> Response {
    answer.into().map(Body::from)
}

/// 303 See Other (RFC 9110, 15.4.4): the answer to a form that was accepted.
impl IntoResponse for SafeRedirect {
    fn into_response(self) -> Response {
        of(self)
    }
}

/// 303 See Other.
impl IntoResponse for AllowedRedirect {
    fn into_response(self) -> Response {
        of(self)
    }
}

/// 200, in the application's layout.
impl IntoResponse for PageContent {
    fn into_response(self) -> Response {
        of(self)
    }
}

/// Its status and its page.
impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        of(self)
    }
}

/// The form alone, with status 200 or that of its problems.
impl<T> IntoResponse for FormPage<T> {
    fn into_response(self) -> Response {
        of(self)
    }
}

/// Problem details for a client that asks for JSON, else the form on a page.
impl<T> IntoResponse for Rejected<T> {
    fn into_response(self) -> Response {
        of(self)
    }
}

/// `text/html; charset=utf-8`.
impl IntoResponse for Html {
    fn into_response(self) -> Response {
        of(self)
    }
}

/// What the error says of each.
impl IntoResponse for NoForm {
    fn into_response(self) -> Response {
        of(self)
    }
}

/// 403, and a sentence that names the layer which refused.
impl IntoResponse for CsrfRefusal {
    fn into_response(self) -> Response {
        of(self)
    }
}

/// The status, a sentence, and where to go.
impl IntoResponse for Misdirected {
    fn into_response(self) -> Response {
        of(self)
    }
}

/// 400, and why.
impl IntoResponse for ReturnToError {
    fn into_response(self) -> Response {
        of(self)
    }
}

/// 415, 413 or 400, and why.
impl IntoResponse for BadReport {
    fn into_response(self) -> Response {
        of(self)
    }
}

/// 404 or 400, and why.
impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        of(self)
    }
}

/// See [`Arrival`](crate::session::Arrival).
pub(super) fn ask_again() -> Response {
    http_types::ask_again().map(Body::from)
}
