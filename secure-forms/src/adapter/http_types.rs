//! Answers as plain `http` responses: redirects that stay on the site, forms that were rejected, and what the guard says instead of
//! a handler. What every framework's adapter sends, and what an adapter of one's own sends as it is.

use http::{HeaderValue, Response, StatusCode, header};

use crate::form::{FormPage, FormView, Prefers, Rejected};
use crate::guard::{Misdirected, NoForm};
use crate::html::Html;
use crate::render::Attributes;
use crate::route::{AllowedRedirect, ReturnToError, RouteError, SafeRedirect};
use crate::session::CsrfRefusal;

/// 303 See Other (RFC 9110, 15.4.4): the answer to a form that was accepted.
impl From<SafeRedirect> for Response<String> {
    fn from(redirect: SafeRedirect) -> Self {
        see_other(redirect.location())
    }
}

/// 303 See Other.
impl From<AllowedRedirect> for Response<String> {
    fn from(redirect: AllowedRedirect) -> Self {
        see_other(redirect.location())
    }
}

/// 200, `text/html; charset=utf-8`.
impl From<Html> for Response<String> {
    fn from(html: Html) -> Self {
        page(StatusCode::OK, html)
    }
}

/// The form alone, with status 200 or that of its problems.
impl<T> From<FormPage<T>> for Response<String> {
    fn from(page: FormPage<T>) -> Self {
        form(&page)
    }
}

/// Problem details for a client that asks for JSON, else the form on a page without decoration.
impl<T> From<Rejected<T>> for Response<String> {
    fn from(rejected: Rejected<T>) -> Self {
        form(&rejected.into_page())
    }
}

/// What [`NoForm`] says of each.
impl From<NoForm> for Response<String> {
    fn from(no_form: NoForm) -> Self {
        match no_form {
            NoForm::ReturnTo(error) => error.into(),
            NoForm::NoSecurityHeadersLayer => {
                text(StatusCode::INTERNAL_SERVER_ERROR, "The server is not set up for nonces.".to_owned())
            }
            NoForm::AskAgain => ask_again(),
        }
    }
}

/// 403, and a sentence that names the layer which refused.
impl From<CsrfRefusal> for Response<String> {
    fn from(refusal: CsrfRefusal) -> Self {
        text(StatusCode::FORBIDDEN, format!("Nothing was done: {refusal}."))
    }
}

/// The status, a sentence, and where to go.
impl From<Misdirected> for Response<String> {
    fn from(misdirected: Misdirected) -> Self {
        let mut response = text(misdirected.status(), misdirected.to_string());
        if let Misdirected::PlainHttp { location, .. } = misdirected {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}

/// 400, and why.
impl From<ReturnToError> for Response<String> {
    fn from(error: ReturnToError) -> Self {
        text(StatusCode::BAD_REQUEST, error.to_string())
    }
}

/// 404 or 400, and why.
impl From<RouteError> for Response<String> {
    fn from(error: RouteError) -> Self {
        text(error.status(), error.to_string())
    }
}

/// A page that asks for its own address again at once. The browser then sends the request for this site, and `Strict` cookies with
/// it (RFC 6265bis, 5.2). Without scripts, and a link for who has switched such refreshing off.
pub(super) fn ask_again() -> Response<String> {
    let markup = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0\">\
         <title>One moment</title></head><body><p><a href=\"\">Go on</a></p></body></html>";
    let mut response = page(StatusCode::OK, Html::from_escaped(markup.to_owned()));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Not generic: each form would pay for a copy.
fn form(form: &FormView) -> Response<String> {
    let status = if form.report().is_empty() { StatusCode::OK } else { form.report().status() };
    let mut response = match form.prefers() {
        Prefers::ProblemJson if status != StatusCode::OK => {
            of_type(status, "application/problem+json", form.problem_details().to_string())
        }
        _ => page(status, document(&form.render(), form.lang())),
    };
    if let Ok(lang) = HeaderValue::from_str(form.lang()) {
        response.headers_mut().insert(header::CONTENT_LANGUAGE, lang);
    }
    // RFC 9110, 15.5.6: the answer says which methods there are.
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(form.spec().method.allow()));
    }
    response
}

/// A whole document around a form (HTML Standard, 4.1): for applications that did not write their own.
fn document(form: &Html, lang: &str) -> Html {
    let lang = Attributes::default().with("lang", lang);
    let markup = format!(
        "<!DOCTYPE html><html{lang}><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Form</title></head><body><main>{form}</main></body></html>"
    );
    Html::from_escaped(markup)
}

fn see_other(location: HeaderValue) -> Response<String> {
    let mut response = Response::new(String::new());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(header::LOCATION, location);
    response
}

fn page(status: StatusCode, html: Html) -> Response<String> {
    of_type(status, "text/html; charset=utf-8", html.into_string())
}

fn text(status: StatusCode, text: String) -> Response<String> {
    of_type(status, "text/plain; charset=utf-8", text)
}

fn of_type(status: StatusCode, kind: &'static str, body: String) -> Response<String> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
