//! Responses: redirects that stay on the site, and forms that were rejected.

use axum_core::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use crate::form::{FormPage, FormView, Prefers, Rejected};
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
impl<T> IntoResponse for FormPage<T> {
    fn into_response(self) -> Response {
        respond(&self)
    }
}

/// Not generic: each form would pay for a copy.
fn respond(form: &FormView) -> Response {
    let status = if form.report().is_empty() { StatusCode::OK } else { form.report().status() };
    let mut response = match form.prefers() {
        Prefers::ProblemJson if status != StatusCode::OK => {
            let kind = HeaderValue::from_static("application/problem+json");
            (status, [(header::CONTENT_TYPE, kind)], form.problem_details().to_string()).into_response()
        }
        _ => (status, document(&form.render())).into_response(),
    };
    // RFC 9110, 15.5.6: the answer says which methods there are.
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(form.spec().method.allow()));
    }
    response
}

/// Problem details for a client that asks for JSON, else the form on a page without decoration.
impl<T> IntoResponse for Rejected<T> {
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

/// A page that asks for its own address again at once. The browser then sends the request for this site, and `Strict` cookies with
/// it (RFC 6265bis, 5.2). Without scripts, and a link for who has switched such refreshing off.
pub(super) fn ask_again() -> Response {
    let markup = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0\">\
         <title>One moment</title></head><body><p><a href=\"\">Go on</a></p></body></html>";
    ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Html::from_escaped(markup.to_owned()))
        .into_response()
}
