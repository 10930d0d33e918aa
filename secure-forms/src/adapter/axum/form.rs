//! Extractors: a request becomes a [`Submission`], a [`Submitted`], a [`Valid`] form, a [`Blank`] one, or a [`ReturnTo`].

use std::convert::Infallible;

use axum_core::extract::{FromRef, FromRequest, FromRequestParts, Request};
use http::request::Parts;

use super::state::GuardedState;
use crate::form::{Bind, Blank, Form, NoAsyncChecks, NoContext, Rejected, Valid};
use crate::guard::{NoForm, Submission, Submitted};
use crate::route::{ReturnTo, ReturnToError};

/// What is wrong with a request is told when the form is bound, so that a handler can show its own page for it. Forms that
/// take files are extracted as [`Submitted`] or [`Valid`], which know the fields.
impl<S> FromRequest<S> for Submission
where
    S: GuardedState + Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let (mut parts, body) = request.into_parts();
        Ok(state.form_guard().submission(&mut parts, body, None).await)
    }
}

impl<S, T> FromRequest<S> for Submitted<T>
where
    S: GuardedState + Send + Sync,
    T: Form,
{
    type Rejection = Infallible;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let (mut parts, body) = request.into_parts();
        Ok(state.form_guard().submitted(&mut parts, body).await)
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
        let (mut parts, body) = request.into_parts();
        let mut submission = state.form_guard().submission(&mut parts, body, Some(T::SPEC)).await;
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
        state.form_guard().blank(parts)
    }
}

impl<S> FromRequestParts<S> for ReturnTo
where
    S: GuardedState + Send + Sync,
{
    type Rejection = ReturnToError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ReturnToError> {
        state.form_guard().return_to(parts)
    }
}
