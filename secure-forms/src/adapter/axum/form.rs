//! Extractors: a request becomes a [`Submission`], a [`Submitted`], a [`Valid`] form, a [`Blank`] one, or a [`ReturnTo`].
//! Headers are judged before the body is read, the body's size while it is read.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use axum_core::extract::{FromRef, FromRequest, FromRequestParts, Request};
use axum_core::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, StatusCode, header};

use super::body::read;
use super::headers::NoSecurityHeadersLayer;
#[cfg(feature = "multipart")]
use super::multipart;
use super::respond::ask_again;
use super::state::GuardedState;
use crate::form::{Bind, Blank, Envelope, Form, FormSpec, NoAsyncChecks, NoContext, Rejected, Submission, Valid, most_encoded};
use crate::guard::{Carrier, FormGuard, RequestHead};
#[cfg(feature = "multipart")]
use crate::request::multipart::boundary;
use crate::request::{Body, BodyProblem, urlencoded};
use crate::route::{ReturnTo, ReturnToError};
use crate::session::{Arrival, CSRF_FIELD};

/// A submitted form that was not judged yet: what a handler takes whose form has asynchronous checks.
///
/// ```
/// use axum::response::{IntoResponse, Response};
/// use secure_forms::{Form, NoContext, Submitted, safe_path};
///
/// #[derive(Form)]
/// struct Comment {
///     text: String,
/// }
///
/// async fn comment(form: Submitted<Comment>) -> Response {
///     match form.validate(&NoContext).await {
///         Ok(valid) => valid.return_to_or(safe_path!("/")).into_response(),
///         Err(rejected) => rejected.into_response(),
///     }
/// }
/// ```
///
/// # Security
/// It gives nothing of the form away before [`Submitted::validate`], which also holds the request's CSRF verdict.
pub struct Submitted<T> {
    submission: Submission,
    form: PhantomData<fn() -> T>,
}

impl<T> Submitted<T> {
    /// Judges the form: the request's own verdict first, then every rule, then the checks that wait for something.
    ///
    /// # Errors
    /// [`Rejected`]: every problem, and the form for showing again.
    pub async fn validate(mut self, context: &T::Context) -> Result<Valid<T>, Rejected<T>>
    where
        T: for<'a> Bind<'a>,
    {
        self.submission.validate(context).await
    }
}

impl<T> fmt::Debug for Submitted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Submitted").field(&self.submission).finish()
    }
}

/// What is wrong with a request is told when the form is bound, so that a handler can show its own page for it. Forms that
/// take files are extracted as [`Submitted`] or [`Valid`], which know the fields.
impl<S> FromRequest<S> for Submission
where
    S: GuardedState + Send + Sync,
{
    type Rejection = std::convert::Infallible;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        Ok(submission(request, state.form_guard(), None).await)
    }
}

/// Reads the head, judges it, then reads the body as far as it may be read.
async fn submission(request: Request, guard: FormGuard, form: Option<&'static FormSpec>) -> Submission {
    let (mut parts, body) = request.into_parts();
    let head = RequestHead::read(&mut parts, &guard, form);
    let (body, head) = match head.carrier(form) {
        Carrier::Query => (Ok(Body::urlencoded(head.query().into())), head),
        Carrier::Nothing => (Ok(Body::urlencoded(Vec::new())), head),
        Carrier::Body => match (media(&parts.headers), form) {
            (Some(Media::Urlencoded), form) => {
                let limit = guard.body_limit().max(form.map_or(0, most_encoded));
                urlencoded_body(body, head, limit).await
            }
            #[cfg(feature = "multipart")]
            (Some(Media::Multipart(boundary)), Some(form)) => multipart::body(boundary, body, head, &guard, form).await,
            (None, None | Some(_)) => (Err(BodyProblem::UnsupportedType), head),
            #[cfg(feature = "multipart")]
            (Some(Media::Multipart(_)), None) => (Err(BodyProblem::UnsupportedType), head),
        },
    };
    Submission::in_envelope(body, Arc::new(head))
}

async fn urlencoded_body(
    body: axum_core::body::Body,
    mut head: RequestHead,
    limit: usize,
) -> (Result<Body, BodyProblem>, RequestHead) {
    let bytes = match read(body, limit).await {
        Ok(bytes) => bytes,
        Err(problem) => return (Err(problem), head),
    };
    let token = match urlencoded::find(&bytes, CSRF_FIELD) {
        Ok(token) => token,
        Err(problem) => return (Err(problem), head),
    };
    head.add_token(token);
    head.add_next(urlencoded::values(&bytes, "next").iter().map(String::as_str));
    (Ok(Body::urlencoded(bytes)), head)
}

/// The media types that a form is sent as.
enum Media {
    Urlencoded,
    #[cfg(feature = "multipart")]
    Multipart(String),
}

/// The one `Content-Type`. A charset parameter has no effect (URL Standard, 5.1; RFC 7578, 5.1.2).
fn media(headers: &HeaderMap) -> Option<Media> {
    let mut lines = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else { return None };
    let line = line.to_str().ok()?;
    let essence = line.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Some(Media::Urlencoded);
    }
    #[cfg(feature = "multipart")]
    if essence.eq_ignore_ascii_case("multipart/form-data") {
        return boundary(line).map(Media::Multipart);
    }
    None
}

impl<S, T> FromRequest<S> for Submitted<T>
where
    S: GuardedState + Send + Sync,
    T: Form,
{
    type Rejection = std::convert::Infallible;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let submission = submission(request, state.form_guard(), Some(T::SPEC)).await;
        Ok(Self { submission, form: PhantomData })
    }
}

impl<S, T> FromRequest<S> for Valid<T>
where
    S: GuardedState + Send + Sync,
    T: NoAsyncChecks + for<'a> Bind<'a> + 'static,
    T::Context: FromRef<S>,
{
    type Rejection = Rejected<T>;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejected<T>> {
        let mut submission = submission(request, state.form_guard(), Some(T::SPEC)).await;
        submission.bind_with(&T::Context::from_ref(state))
    }
}

/// Every state has nothing to give. (It holds because `NoContext` is not `Clone`: axum's own impl is for those that are.)
impl<S> FromRef<S> for NoContext {
    fn from_ref(_: &S) -> Self {
        Self
    }
}

impl<S, T> FromRequestParts<S> for Blank<T>
where
    S: GuardedState + Send + Sync,
    T: Form,
{
    type Rejection = NoForm;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, NoForm> {
        let guard = state.form_guard();
        if Arrival::asks_for_refresh(&parts.method, &parts.headers) {
            return Err(NoForm::AskAgain);
        }
        let head = RequestHead::read(parts, &guard, Some(T::SPEC));
        if !head.is_set_up() {
            return Err(NoForm::NoSecurityHeadersLayer);
        }
        head.refused_next().map_err(NoForm::ReturnTo)?;
        Ok(Self::in_answer(head.page(T::SPEC)))
    }
}

/// Why a page has no form to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoForm {
    /// `next` leads off the site: 400.
    ReturnTo(ReturnToError),
    /// No [`SecurityHeadersLayer`](crate::SecurityHeadersLayer) is around the handler, so that the visitor's cookie and `no-store`
    /// could not be sent, and no token would ever fit: 500, and the program is to be changed.
    NoSecurityHeadersLayer,
    /// The person came from another site, without the session cookie: a page that asks for the same address again, which then
    /// comes with it. See [`Arrival`](crate::Arrival).
    AskAgain,
}

impl IntoResponse for NoForm {
    fn into_response(self) -> Response {
        match self {
            Self::ReturnTo(error) => error.into_response(),
            Self::NoSecurityHeadersLayer => NoSecurityHeadersLayer.into_response(),
            Self::AskAgain => ask_again(),
        }
    }
}

impl<S> FromRequestParts<S> for ReturnTo
where
    S: GuardedState + Send + Sync,
{
    type Rejection = ReturnToError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ReturnToError> {
        state.form_guard().next_policy().apply(Self::from_query(parts.uri.query()))
    }
}

impl IntoResponse for ReturnToError {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, self.to_string()).into_response()
    }
}
