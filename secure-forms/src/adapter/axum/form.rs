//! Extractors: a request becomes a [`Submission`], a [`Submitted`], a [`Valid`] form, a [`Blank`] one, or a [`Next`].
//! Headers are judged before the body is read, the body's size while it is read.

use std::fmt;
use std::marker::PhantomData;

use axum_core::extract::{FromRef, FromRequest, FromRequestParts, Request};
use axum_core::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::envelope::{RequestEnvelope, is_read};
use crate::adapter::FormGuard;
use crate::form::{Bind, Blank, Form, Immediate, NoContext, Rejected, Submission, Valid};
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

/// What is wrong with a request is told when the form is bound, so that a handler can show its own page for it.
impl<S> FromRequest<S> for Submission
where
    S: Send + Sync,
    FormGuard: FromRef<S>,
{
    type Rejection = std::convert::Infallible;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let guard = FormGuard::from_ref(state);
        let (mut parts, body) = request.into_parts();
        let mut envelope = RequestEnvelope::open(&mut parts, &guard);
        if is_read(&parts.method) {
            let query = parts.uri.query().unwrap_or_default();
            return Ok(Self::in_envelope(Ok(Body::urlencoded(query.into())), Box::new(envelope)));
        }
        if envelope.is_refused() {
            return Ok(Self::in_envelope(Err(BodyProblem::Malformed), Box::new(envelope)));
        }
        let body = match read(&parts.headers, body, guard.body_limit).await {
            Ok(bytes) => match urlencoded::find(&bytes, CSRF_FIELD) {
                Ok(token) => {
                    envelope = envelope.with_token(token);
                    let next = urlencoded::values(&bytes, "next");
                    if !next.is_empty() {
                        envelope = envelope.with_body_next(&parts, &guard, &next);
                    }
                    Ok(Body::urlencoded(bytes))
                }
                Err(problem) => Err(problem),
            },
            Err(problem) => Err(problem),
        };
        Ok(Self::in_envelope(body, Box::new(envelope)))
    }
}

/// Reads a body of at most `limit` bytes.
async fn read(headers: &HeaderMap, body: axum_core::body::Body, limit: usize) -> Result<Vec<u8>, BodyProblem> {
    if !is_urlencoded(headers) {
        return Err(BodyProblem::UnsupportedType);
    }
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes().into()),
        Err(error) if error.is::<LengthLimitError>() || axum_limit(&*error) => {
            Err(BodyProblem::BodyTooLarge { max: limit as u64 })
        }
        Err(_) => Err(BodyProblem::Malformed),
    }
}

/// A body that a limit nearer to the network cut says so somewhere among its causes.
fn axum_limit(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source()).any(|error| error.is::<LengthLimitError>())
}

/// `application/x-www-form-urlencoded`, with or without a charset parameter, which has no effect (URL Standard, 5.1).
fn is_urlencoded(headers: &HeaderMap) -> bool {
    let mut lines = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else { return false };
    let essence = line.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

impl<S, T> FromRequest<S> for Submitted<T>
where
    S: Send + Sync,
    FormGuard: FromRef<S>,
    T: Form,
{
    type Rejection = std::convert::Infallible;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let submission = Submission::from_request(request, state).await?;
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
        let Ok(mut submission) = Submission::from_request(request, state).await;
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
