//! Answers as plain `http` responses: redirects that stay on the site, forms that were rejected, and what the guard says instead of
//! a handler. What every framework's adapter sends, and what an adapter of one's own sends as it is.

use http::{HeaderValue, Response, StatusCode, header};

use crate::form::{FormPage, FormView, Prefers, Rejected};
use crate::guard::{Misdirected, NoForm, PageContent};
use crate::html::Html;
use crate::response::BadReport;
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

/// 200, in a document without decoration until a layout is put around it.
impl From<PageContent> for Response<String> {
    fn from(page: PageContent) -> Self {
        content(StatusCode::OK, page)
    }
}

/// The form alone, under its name.
impl<T> From<FormPage<T>> for PageContent {
    fn from(page: FormPage<T>) -> Self {
        form_content(&page)
    }
}

/// The form alone, with status 200 or that of its problems.
impl<T> From<FormPage<T>> for Response<String> {
    fn from(page: FormPage<T>) -> Self {
        form(&page)
    }
}

/// Problem details for a client that asks for JSON, else the form on a page.
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
                sentence(StatusCode::INTERNAL_SERVER_ERROR, "The server is not set up for nonces.".to_owned())
            }
            NoForm::AskAgain => ask_again(),
        }
    }
}

/// 403, and a sentence that names the layer which refused.
impl From<CsrfRefusal> for Response<String> {
    fn from(refusal: CsrfRefusal) -> Self {
        sentence(StatusCode::FORBIDDEN, format!("Nothing was done: {refusal}."))
    }
}

/// The status, a sentence, and where to go. In no layout: its links lead to the same wrong host, and over plain HTTP others read it.
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
        sentence(StatusCode::BAD_REQUEST, error.to_string())
    }
}

/// 415, 413 or 400, and why, for the program that sent it.
impl From<BadReport> for Response<String> {
    fn from(bad: BadReport) -> Self {
        let status = match bad {
            BadReport::UnsupportedType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            BadReport::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            BadReport::Malformed => StatusCode::BAD_REQUEST,
        };
        text(status, bad.to_string())
    }
}

/// 404 or 400, and why.
impl From<RouteError> for Response<String> {
    fn from(error: RouteError) -> Self {
        sentence(error.status(), error.to_string())
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
    problem_details(form).unwrap_or_else(|| FormHead::of(form).answer(form_content(form)))
}

/// The answer to a client that would rather have JSON than a form with problems.
pub(super) fn problem_details(form: &FormView) -> Option<Response<String>> {
    let is_wanted = form.prefers() == Prefers::ProblemJson && !form.report().is_empty();
    is_wanted.then(|| {
        let head = FormHead::of(form);
        head.on(of_type(head.status, "application/problem+json", form.problem_details().to_string()))
    })
}

/// What the head of an answer says of the form that it shows.
pub(super) struct FormHead {
    status: StatusCode,
    allow: &'static str,
    language: &'static str,
}

impl FormHead {
    pub(super) fn of(form: &FormView) -> Self {
        let status = if form.report().is_empty() { StatusCode::OK } else { form.report().status() };
        Self { status, allow: form.spec().method.allow(), language: form.lang() }
    }

    pub(super) fn answer(&self, page: PageContent) -> Response<String> {
        self.on(content(self.status, page))
    }

    fn on(&self, mut answer: Response<String>) -> Response<String> {
        if let Ok(language) = HeaderValue::from_str(self.language) {
            answer.headers_mut().insert(header::CONTENT_LANGUAGE, language);
        }
        // RFC 9110, 15.5.6: the answer says which methods there are.
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static(self.allow));
        }
        answer
    }
}

/// The form under its name, `sign-in` as "Sign in": for applications that did not write a page of their own.
fn form_content(form: &FormView) -> PageContent {
    let name = form.spec().name.replace(['-', '_'], " ");
    let mut letters = name.chars();
    let title: String =
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters.as_str().chars()).collect();
    PageContent::new(title, form.render()).in_language(form.lang())
}

/// A page that a layout is put around as the answer leaves.
pub(super) fn content(status: StatusCode, content: PageContent) -> Response<String> {
    let mut response = page(status, content.document());
    response.extensions_mut().insert(content);
    response
}

/// A sentence, which is a page where there is a layout.
pub(super) fn sentence(status: StatusCode, sentence: String) -> Response<String> {
    let content = PageContent::sentence(status, &sentence);
    let mut response = text(status, sentence);
    response.extensions_mut().insert(content);
    response
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
