//! A form that nobody has filled in yet, for the request that asks for its page.

use std::sync::Arc;

use http::request::Parts;

use super::config::FormGuard;
use super::head::RequestHead;
use crate::form::{Blank, Form};
use crate::route::{ReturnTo, ReturnToError};
use crate::session::Arrival;

impl FormGuard {
    /// The empty form for a page that this request asks for, with its token. The visitor's cookie is set with the answer.
    ///
    /// # Errors
    /// [`NoForm`]: what to answer instead.
    pub fn blank<T: Form>(&self, parts: &mut Parts) -> Result<Blank<T>, NoForm> {
        if Arrival::asks_for_refresh(&parts.method, &parts.headers) {
            return Err(NoForm::AskAgain);
        }
        let head = Arc::new(RequestHead::read(parts, self, Some(T::SPEC)));
        if !head.is_set_up() {
            return Err(NoForm::NoSecurityHeadersLayer);
        }
        head.first_page().map(Blank::in_answer).map_err(NoForm::ReturnTo)
    }

    /// Where this request wants to go afterwards.
    ///
    /// # Errors
    /// A `next` that the policy answers by 400.
    pub fn return_to(&self, parts: &Parts) -> Result<ReturnTo, ReturnToError> {
        self.next.apply(ReturnTo::from_query(parts.uri.query()))
    }
}

/// Why a page has no form to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoForm {
    /// `next` leads off the site: 400.
    ReturnTo(ReturnToError),
    /// Nothing puts the security headers on the answer, so that the visitor's cookie and `no-store` could not be sent, and no token
    /// would ever fit: 500, and the program is to be changed.
    NoSecurityHeadersLayer,
    /// The person came from another site, without the session cookie: a page that asks for the same address again, which then
    /// comes with it. See [`Arrival`](crate::session::Arrival).
    AskAgain,
}
