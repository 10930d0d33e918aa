//! Who sends a request, as its handlers learn it: [`Identity`] is on the request once `session` has read the cookies.

use std::sync::{Arc, OnceLock};

use axum::extract::{FromRequestParts, Request};
use http::request::Parts;
use secure_forms::{ReturnTo, SafeRedirect, safe_path};

use crate::routes::Page;
use crate::store::users::User;

/// Who is signed in, if anyone: a place on the request, which is filled further in, so that layers further out learn it too.
#[derive(Clone, Debug, Default)]
pub(crate) struct Identity(Arc<OnceLock<User>>);

impl Identity {
    pub(crate) fn user(&self) -> Option<&User> {
        self.0.get()
    }

    /// Notes on a request who sends it.
    pub(crate) fn fill(request: &mut Request, user: User) {
        // Without the layout around it, there is no place yet.
        let _ = request.extensions_mut().get_or_insert_with(Self::default).0.set(user);
    }
}

impl<S: Sync> FromRequestParts<S> for Identity {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get().cloned().unwrap_or_default())
    }
}

/// Somebody who is signed in; others are sent to the sign-in page, which sends them back.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn(pub(crate) User);

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = SafeRedirect;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, SafeRedirect> {
        match parts.extensions.get().and_then(Identity::user) {
            Some(user) => Ok(Self(user.clone())),
            None => Err(Page::Login { next: Some(here(parts.uri.path())) }.into()),
        }
    }
}

/// The address of a request as a place to come back to.
pub(crate) fn here(address: &str) -> SafeRedirect {
    ReturnTo::from_query_and_body(None, [address]).unwrap_or_default().return_to_or(safe_path!("/"))
}
