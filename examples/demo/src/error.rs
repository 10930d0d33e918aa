//! What can go wrong in a handler, and the page that tells the person: never a cause, always what to do.

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use secure_forms::query::ErrorKind;
use secure_forms::{Form, FormPage, Html, Invalid, Routes, html, query};

use crate::identity::Identity;
use crate::layout::Frame;
use crate::limits::RetryAfter;
use crate::passwords::PasswordError;
use crate::routes::Page;
use crate::state::App;

/// Why there is no page.
#[derive(Debug)]
pub(crate) enum Error {
    /// The database: 503 while another writer has it or the disc is full, else 500.
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

impl Error {
    /// The status, and after how many seconds trying again may help.
    fn status(&self) -> (StatusCode, Option<u64>) {
        match self {
            Self::Store(error) if is_for_now(error) => (StatusCode::SERVICE_UNAVAILABLE, Some(2)),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, Some(2)),
            Self::TooMany(wait) => (StatusCode::TOO_MANY_REQUESTS, Some(wait.seconds())),
            Self::NotFound => (StatusCode::NOT_FOUND, None),
            Self::Store(_) | Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, None),
        }
    }

    /// The answer to a form: the form again with everything typed into it, since what could not be done now may be done in a moment.
    pub(crate) fn with_form<T: Form>(self, form: FormPage<T>, view: impl FnOnce(FormPage<T>) -> Html) -> Response {
        let (status, wait) = self.status();
        let when = wait.map_or_else(|| "later".to_owned(), |wait| format!("in {}", span(wait)));
        let rejected = form.reject(Invalid::new(match status {
            StatusCode::TOO_MANY_REQUESTS => {
                format!("That was tried too often, so nothing was done. Please send it again {when}.")
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                format!("The site cannot do this just now. Please send it again {when}.")
            }
            _ => format!("Something went wrong on our side, and nothing was done. Please send it again {when}."),
        }));
        self.log();
        with_wait((status, view(rejected.into_page())).into_response(), wait)
    }

    fn log(&self) {
        if let Self::Store(_) | Self::Internal = self {
            // The kind of a failure, never values: they are not in it.
            eprintln!("demo: {self:?}");
        }
    }
}

/// Another writer has the database, the disc is full or cannot be written: later it may work (SQLite result codes 8, 10, 13).
pub(crate) fn is_for_now(error: &query::Error) -> bool {
    error.is_busy() || matches!(error.kind(), ErrorKind::Driver { code, .. } if matches!(code & 0xff, 8 | 10 | 13))
}

/// A status alone; [`explain`] makes a page of it.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, wait) = self.status();
        self.log();
        with_wait((status, words(status).1).into_response(), wait)
    }
}

fn with_wait(mut response: Response, wait: Option<u64>) -> Response {
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// Makes a page, with the site's navigation, of every refusal that is none yet: those of handlers, of extractors, of the router and of the
/// layers further in. Who is signed in it learns from [`Identity`], which a layer further in fills.
pub(crate) async fn explain(State(app): State<App>, mut request: Request, inner: Next) -> Response {
    request.extensions_mut().insert(Identity::default());
    let (mut head, body) = request.into_parts();
    let response = inner.run(Request::from_parts(head.clone(), body)).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || !is_plain(response.headers()) {
        return response;
    }
    let Ok(frame) = Frame::from_request_parts(&mut head, &app).await else { return response };
    let (title, words) = words(status);
    let page = frame.page(
        title,
        html! {
            h1 { (title) }
            p.lead { (words) }
            @if let Some(wait) = wait(response.headers()) { p { "You may try again in " (wait) "." } }
            p { a href=(Page::Home.path()) { "Back to the start" } " or " a href=(Page::Search { q: None, sort: None, page: None }.path()) { "search" } "." }
        },
    );
    let mut headers = response.into_parts().0.headers;
    headers.remove(header::CONTENT_TYPE);
    headers.remove(header::CONTENT_LENGTH);
    let mut response = (status, page).into_response();
    response.headers_mut().extend(headers);
    response
}

/// Without a body, or with one sentence.
fn is_plain(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

/// `Retry-After` as a person says it.
fn wait(headers: &HeaderMap) -> Option<String> {
    headers.get(header::RETRY_AFTER)?.to_str().ok()?.parse().ok().map(span)
}

fn span(seconds: u64) -> String {
    match seconds {
        1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

/// A title, and what the person can do.
fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::FORBIDDEN => ("Not allowed", "This was not done. Please go back, reload the page, and try again."),
        StatusCode::NOT_FOUND => ("Page not found", "There is nothing at this address. Perhaps it was mistyped."),
        StatusCode::METHOD_NOT_ALLOWED => ("Not possible", "This address does not take that kind of request."),
        StatusCode::REQUEST_TIMEOUT => {
            ("Too slow", "The request did not arrive in time. Please go back and send it again.")
        }
        StatusCode::PAYLOAD_TOO_LARGE => ("Too large", "That was more than this site takes. Please send less."),
        StatusCode::TOO_MANY_REQUESTS => ("Too many attempts", "That was tried too often. Please wait a little."),
        StatusCode::SERVICE_UNAVAILABLE => ("The site is busy", "Please try again in a moment."),
        StatusCode::INTERNAL_SERVER_ERROR => {
            ("Something went wrong", "The mistake is on our side. Please try again later.")
        }
        _ => ("That did not work", "The request could not be read. Please go back and try again."),
    }
}
