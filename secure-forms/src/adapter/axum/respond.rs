//! Responses: redirects that stay on the site, and forms that were rejected.

use axum_core::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use crate::form::{Form, FormPage, Prefers, Rejected};
use crate::html::Html;
use crate::route::{AllowedRedirect, SafeRedirect};

/// 303 See Other (RFC 9110, 15.4.4): the answer to a form that was accepted.
impl IntoResponse for SafeRedirect {
    fn into_response(self) -> Response {
        (StatusCode::SEE_OTHER, [(header::LOCATION, self.location())]).into_response()
    }
}

/// 303 See Other.
impl IntoResponse for AllowedRedirect {
    fn into_response(self) -> Response {
        (StatusCode::SEE_OTHER, [(header::LOCATION, self.location())]).into_response()
    }
}

/// The form alone, with status 200 or that of its problems.
impl IntoResponse for FormPage {
    fn into_response(self) -> Response {
        let status = if self.report().is_empty() { StatusCode::OK } else { self.report().status() };
        match self.prefers() {
            Prefers::ProblemJson if status != StatusCode::OK => {
                let kind = HeaderValue::from_static("application/problem+json");
                (status, [(header::CONTENT_TYPE, kind)], self.problem_details().to_string()).into_response()
            }
            _ => (status, document(&self.render())).into_response(),
        }
    }
}

/// Problem details for a client that asks for JSON, else the form on a page without decoration.
impl<T: Form> IntoResponse for Rejected<T> {
    fn into_response(self) -> Response {
        self.into_page().into_response()
    }
}

/// A whole document around a form (HTML Standard, 4.1): for applications that did not write their own.
fn document(form: &Html) -> Html {
    let markup = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Form</title></head><body><main>{form}</main></body></html>"
    );
    Html::from_escaped(markup)
}
