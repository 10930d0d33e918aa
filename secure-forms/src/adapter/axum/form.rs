//! Extractors: a request becomes a [`Submission`], a [`Submitted`], a [`Valid`] form, a [`Blank`] one, or a [`Next`].
//! Headers are judged before the body is read, the body's size while it is read.

use std::fmt;
use std::marker::PhantomData;

use axum_core::extract::{FromRef, FromRequest, FromRequestParts, Request};
use axum_core::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, StatusCode, header};

use super::body::read;
use super::envelope::{RequestEnvelope, is_read};
#[cfg(feature = "multipart")]
use super::multipart;
use crate::adapter::FormGuard;
use crate::form::{Bind, Blank, Form, FormSpec, Immediate, NoContext, Rejected, Submission, Valid, most_encoded};
#[cfg(feature = "multipart")]
use crate::request::multipart::boundary;
use crate::request::{Body, BodyProblem, urlencoded};
use crate::route::{Next, NextError};
use crate::session::CSRF_FIELD;

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
///         Ok(valid) => valid.next_or(safe_path!("/")).into_response(),
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
    S: Send + Sync,
    FormGuard: FromRef<S>,
{
    type Rejection = std::convert::Infallible;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        Ok(submission(request, FormGuard::from_ref(state), None).await)
    }
}

/// Reads the head, judges it, then reads the body as far as it may be read.
async fn submission(request: Request, guard: FormGuard, form: Option<&'static FormSpec>) -> Submission {
    let (mut parts, body) = request.into_parts();
    let envelope = RequestEnvelope::open(&mut parts, &guard);
    if is_read(&parts.method) {
        let query = parts.uri.query().unwrap_or_default();
        return Submission::in_envelope(Ok(Body::urlencoded(query.into())), Box::new(envelope));
    }
    if envelope.is_refused() {
        return Submission::in_envelope(Ok(Body::urlencoded(Vec::new())), Box::new(envelope));
    }
    let (body, envelope) = match (media(&parts.headers), form) {
        (Some(Media::Urlencoded), form) => {
            let limit = guard.body_limit.max(form.map_or(0, most_encoded));
            urlencoded_body(&parts, body, envelope, &guard, limit).await
        }
        #[cfg(feature = "multipart")]
        (Some(Media::Multipart(boundary)), Some(form)) => multipart::body(boundary, body, envelope, &guard, form).await,
        (None, None | Some(_)) => (Err(BodyProblem::UnsupportedType), envelope),
        #[cfg(feature = "multipart")]
        (Some(Media::Multipart(_)), None) => (Err(BodyProblem::UnsupportedType), envelope),
    };
    Submission::in_envelope(body, Box::new(envelope))
}

async fn urlencoded_body(
    parts: &Parts,
    body: axum_core::body::Body,
    envelope: RequestEnvelope,
    guard: &FormGuard,
    limit: usize,
) -> (Result<Body, BodyProblem>, RequestEnvelope) {
    let bytes = match read(body, limit).await {
        Ok(bytes) => bytes,
        Err(problem) => return (Err(problem), envelope),
    };
    let token = match urlencoded::find(&bytes, CSRF_FIELD) {
        Ok(token) => token,
        Err(problem) => return (Err(problem), envelope),
    };
    let next = urlencoded::values(&bytes, "next");
    let mut envelope = envelope;
    envelope.add_token(token);
    if !next.is_empty() {
        envelope = envelope.with_body_next(parts, guard, &next);
    }
    (Ok(Body::urlencoded(bytes)), envelope)
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
    S: Send + Sync,
    FormGuard: FromRef<S>,
    T: Form,
{
    type Rejection = std::convert::Infallible;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let submission = submission(request, FormGuard::from_ref(state), Some(T::SPEC)).await;
        Ok(Self { submission, form: PhantomData })
    }
}

impl<S, T> FromRequest<S> for Valid<T>
where
    S: Send + Sync,
    FormGuard: FromRef<S>,
    T: Immediate + for<'a> Bind<'a> + 'static,
    T::Context: FromRef<S>,
{
    type Rejection = Rejected<T>;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejected<T>> {
        let mut submission = submission(request, FormGuard::from_ref(state), Some(T::SPEC)).await;
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
    S: Send + Sync,
    FormGuard: FromRef<S>,
    T: Form,
{
    type Rejection = NextError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, NextError> {
        let guard = FormGuard::from_ref(state);
        let envelope = RequestEnvelope::open(parts, &guard);
        envelope.refused_next()?;
        Ok(Self::in_envelope(&envelope))
    }
}

impl<S> FromRequestParts<S> for Next
where
    S: Send + Sync,
    FormGuard: FromRef<S>,
{
    type Rejection = NextError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, NextError> {
        FormGuard::from_ref(state).next.apply(Self::from_query(parts.uri.query()))
    }
}

impl IntoResponse for NextError {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, self.to_string()).into_response()
    }
}
