//! [`Refused`]: the one error of a handler. Whatever kept it from its answer enters; a page with its status leaves.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use http::{HeaderValue, Response, StatusCode, header};

use super::http_types;
use crate::form::{FormPage, Rejected};
use crate::guard::{Misdirected, NoForm, PageContent};
use crate::html::Html;
use crate::response::BadReport;
use crate::route::{ReturnToError, RouteError, SafeRedirect};
use crate::session::{CookieError, CsrfRefusal};

/// Why a handler has no answer of its own, as the answer that the person gets instead. `?` makes it of everything of this library that
/// refuses; for errors of the application, write `impl From<MyError> for Refused`.
///
/// | from | status | answer |
/// |---|---|---|
/// | [`Rejected`] | that of its problems, mostly 422 | the form again; problem details (RFC 9457) for a client that asks for JSON |
/// | `query::Error` | 503 if it is temporary, else 500 | a sentence; the error is the [`Cause`], for the log |
/// | [`SafeRedirect`] | 303 | none: the person is sent elsewhere first |
/// | [`NoForm`], [`RouteError`], [`ReturnToError`], [`CsrfRefusal`] | their own | a sentence |
/// | [`Refused::page`], [`Refused::of_status`] | as it says | the page |
///
/// Pages get the application's layout: see [`FormGuard::with_layout`](crate::FormGuard::with_layout).
///
/// ```
/// use axum::response::Response;
/// use secure_forms::form::NoContext;
/// use secure_forms::{Form, Invalid, Refused, SafeRedirect, Secret, Submitted, safe_path};
///
/// #[derive(Form)]
/// struct SignIn {
///     username: String,
///     password: Secret,
/// }
///
/// async fn sign_in(form: Submitted<SignIn>) -> Result<SafeRedirect, Refused> {
///     let form = form.validate(&NoContext).await?;
///     if form.username != "ada" {
///         return Err(form.reject(Invalid::new("The name or the password is not right.")).into());
///     }
///     Ok(form.return_to_or(safe_path!("/")))
/// }
/// # let _ = sign_in;
/// ```
///
/// An error that nobody has said a page for does not become one:
///
/// ```compile_fail,E0277
/// # use secure_forms::Refused;
/// fn read() -> Result<String, Refused> {
///     Ok(std::fs::read_to_string("apples.txt")?)
/// }
/// ```
///
/// # Security
/// No error's own text is shown (CWE-209): it goes to the log, as the [`Cause`] among the extensions of the answer.
#[must_use = "a refusal does nothing until it is an answer"]
pub struct Refused {
    // Boxed, so that a handler's `Result` stays small.
    answer: Box<Response<String>>,
}

impl Refused {
    /// A page of the application's own.
    ///
    /// ```
    /// use http::StatusCode;
    /// use secure_forms::{Refused, html};
    ///
    /// struct SoldOut;
    ///
    /// impl From<SoldOut> for Refused {
    ///     fn from(_: SoldOut) -> Self {
    ///         Refused::page(StatusCode::CONFLICT, "Sold out", html! { h1 { "Sold out" } p { "There are no apples left." } })
    ///     }
    /// }
    /// assert_eq!(Refused::from(SoldOut).status(), 409);
    /// ```
    pub fn page(status: StatusCode, title: impl Into<std::borrow::Cow<'static, str>>, content: Html) -> Self {
        Self::of(http_types::content(status, PageContent::new(title, content)))
    }

    /// What this status says to a person: [`PageContent::of_status`].
    ///
    /// ```
    /// use http::StatusCode;
    /// use secure_forms::Refused;
    ///
    /// async fn file() -> Result<Vec<u8>, Refused> {
    ///     let content: Option<Vec<u8>> = None;
    ///     content.ok_or_else(Refused::not_found)
    /// }
    /// assert_eq!(Refused::of_status(StatusCode::TOO_MANY_REQUESTS).retry_after(60).status(), 429);
    /// # let _ = file;
    /// ```
    pub fn of_status(status: StatusCode) -> Self {
        Self::of(http_types::content(status, PageContent::of_status(status)))
    }

    /// 404 Not Found.
    pub fn not_found() -> Self {
        Self::of_status(StatusCode::NOT_FOUND)
    }

    /// 500 Internal Server Error, because of an error that only the log sees.
    ///
    /// ```
    /// use secure_forms::{Cause, Refused};
    ///
    /// let refused = Refused::internal(std::io::Error::other("disc 3 is on fire"));
    /// let answer = http::Response::<String>::from(refused);
    /// assert!(!answer.body().contains("fire"));
    /// assert_eq!(answer.extensions().get::<Cause>().unwrap().to_string(), "disc 3 is on fire");
    /// ```
    pub fn internal(cause: impl Error + Send + Sync + 'static) -> Self {
        Self::of_status(StatusCode::INTERNAL_SERVER_ERROR).because(cause)
    }

    /// Keeps the error that led to this, for the log alone.
    ///
    /// ```
    /// use http::StatusCode;
    /// use secure_forms::Refused;
    ///
    /// let full = std::io::Error::other("no space left on the device");
    /// let refused = Refused::of_status(StatusCode::SERVICE_UNAVAILABLE).because(full).retry_after(30);
    /// assert_eq!((refused.status().as_u16(), refused.wait()), (503, Some(30)));
    /// ```
    pub fn because(mut self, cause: impl Error + Send + Sync + 'static) -> Self {
        self.answer.extensions_mut().insert(Cause(Arc::new(cause)));
        self
    }

    /// Says after how many seconds trying again may help (RFC 9110, 10.2.3).
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        self
    }

    /// Shows this page instead, for the same reason and with the same status: the form again, say, so that nothing typed is lost.
    ///
    /// ```
    /// use http::StatusCode;
    /// use secure_forms::{Form, Invalid, Refused, testing};
    ///
    /// #[derive(Debug, Form)]
    /// struct Note {
    ///     text: String,
    /// }
    ///
    /// let (_, form) = testing::submission("text=hello").bind::<Note>().unwrap().into_parts();
    /// let again = form.reject(Invalid::new("The site is busy. Please send it again."));
    /// let refused = Refused::of_status(StatusCode::SERVICE_UNAVAILABLE).showing(again.into_page());
    /// let answer = http::Response::<String>::from(refused);
    /// assert_eq!(answer.status(), 503);
    /// assert!(answer.body().contains("value=\"hello\""));
    /// ```
    pub fn showing(self, page: impl Into<PageContent>) -> Self {
        let (mut old, _) = self.answer.into_parts();
        let (new, body) = http_types::content(old.status, page.into()).into_parts();
        old.headers.extend(new.headers);
        old.extensions.extend(new.extensions);
        Self::of(Response::from_parts(old, body))
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.answer.status()
    }

    /// After how many seconds trying again may help, if that was said.
    pub fn wait(&self) -> Option<u64> {
        self.answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?.parse().ok()
    }

    fn of(answer: Response<String>) -> Self {
        Self { answer: Box::new(answer) }
    }
}

impl<T> Rejected<T> {
    /// Answers by a page of the application's own with the form in it; problem details (RFC 9457) for a client that asks for JSON. The
    /// status is that of the problems.
    ///
    /// ```
    /// use secure_forms::form::FormPage;
    /// use secure_forms::{Form, PageContent, Refused, html, testing};
    ///
    /// #[derive(Debug, Form)]
    /// struct Note {
    ///     text: String,
    /// }
    ///
    /// fn page(form: FormPage<Note>) -> PageContent {
    ///     PageContent::new("A new note", html! { h1 { "A new note" } (form.render()) })
    /// }
    ///
    /// let mut submission = testing::submission("text=");
    /// let refused: Refused = submission.bind::<Note>().unwrap_err().respond(page);
    /// assert_eq!(refused.status(), 422);
    /// ```
    pub fn respond<P: Into<PageContent>>(self, page: impl FnOnce(FormPage<T>) -> P) -> Refused {
        let form = self.into_page();
        match http_types::problem_details(&form) {
            Some(details) => Refused::of(details),
            None => {
                let head = http_types::FormHead::of(&form);
                Refused::of(head.answer(page(form).into()))
            }
        }
    }
}

/// The error that an answer does not show, among its extensions: for the log.
///
/// ```
/// use axum::{extract::Request, middleware::Next, response::Response};
/// use secure_forms::Cause;
///
/// async fn log(request: Request, next: Next) -> Response {
///     let response = next.run(request).await;
///     if let Some(cause) = response.extensions().get::<Cause>() {
///         eprintln!("{cause}");
///     }
///     response
/// }
/// # let _ = log;
/// ```
#[derive(Clone, Debug)]
pub struct Cause(Arc<dyn Error + Send + Sync>);

impl Cause {
    /// The error itself.
    pub fn error(&self) -> &(dyn Error + 'static) {
        &*self.0
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cause = self.answer.extensions().get::<Cause>();
        f.debug_struct("Refused").field("status", &self.status()).field("cause", &cause).finish_non_exhaustive()
    }
}

impl From<Refused> for Response<String> {
    fn from(refused: Refused) -> Self {
        *refused.answer
    }
}

impl<T> From<Rejected<T>> for Refused {
    fn from(rejected: Rejected<T>) -> Self {
        Self::of(rejected.into())
    }
}

/// The person is sent elsewhere first: to sign in, say.
impl From<SafeRedirect> for Refused {
    fn from(redirect: SafeRedirect) -> Self {
        Self::of(redirect.into())
    }
}

impl From<NoForm> for Refused {
    fn from(no_form: NoForm) -> Self {
        Self::of(no_form.into())
    }
}

impl From<CsrfRefusal> for Refused {
    fn from(refusal: CsrfRefusal) -> Self {
        Self::of(refusal.into())
    }
}

impl From<Misdirected> for Refused {
    fn from(misdirected: Misdirected) -> Self {
        Self::of(misdirected.into())
    }
}

impl From<ReturnToError> for Refused {
    fn from(error: ReturnToError) -> Self {
        Self::of(error.into())
    }
}

impl From<RouteError> for Refused {
    fn from(error: RouteError) -> Self {
        Self::of(error.into())
    }
}

impl From<BadReport> for Refused {
    fn from(bad: BadReport) -> Self {
        Self::of(bad.into())
    }
}

/// A cookie that cannot be written: 500.
impl From<CookieError> for Refused {
    fn from(error: CookieError) -> Self {
        Self::internal(error)
    }
}

/// 503 and a moment to wait if the same may work then, else 500.
#[cfg(feature = "sqlite")]
impl From<crate::query::Error> for Refused {
    fn from(error: crate::query::Error) -> Self {
        match error.is_temporary() {
            true => Self::of_status(StatusCode::SERVICE_UNAVAILABLE).retry_after(2).because(error),
            false => Self::internal(error),
        }
    }
}
