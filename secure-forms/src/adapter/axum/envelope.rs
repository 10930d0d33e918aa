//! What a request says around its body, read before the body is: whom tokens are bound to, the verdict of the headers, `next`.

use std::sync::Arc;

use http::request::Parts;
use http::{HeaderMap, Method, header};

use super::headers::Personal;
use crate::adapter::FormGuard;
use crate::form::{Envelope, Prefers, Stop};
use crate::response::Page;
use crate::route::{Next, NextError};
use crate::session::{
    Binding, Cookies, Csrf, CsrfError, CsrfExempt, CsrfVerdict, HeaderVerdict, SESSION_COOKIE, VisitorId,
};

/// The envelope of one request. Extractors of the same request share the caller, so that two forms on one page do not set
/// two cookies.
pub(super) struct RequestEnvelope {
    csrf: Csrf,
    headers: HeaderVerdict,
    binding: Binding,
    token: Result<Option<String>, CsrfError>,
    next: Result<Next, NextError>,
    nowhere: Next,
    prefers: Prefers,
}

/// Whom tokens of this request are bound to, kept on the request.
#[derive(Clone)]
struct Caller(Binding);

impl RequestEnvelope {
    /// Reads the request's head.
    pub(super) fn open(parts: &mut Parts, guard: &FormGuard) -> Self {
        Personal::mark(&parts.extensions);
        let token = Csrf::token_from_headers(&parts.headers).map(|token| token.map(str::to_owned));
        Self {
            csrf: guard.csrf.clone(),
            headers: headers(parts, guard),
            binding: caller(parts, guard),
            token,
            next: guard.next.apply(Next::from_query(parts.uri.query())),
            nowhere: Next::default(),
            prefers: prefers(&parts.headers),
        }
    }

    /// Whether the headers alone refuse, so that the body need not be read.
    pub(super) fn is_refused(&self) -> bool {
        matches!(self.headers, HeaderVerdict::Refuse(_))
    }

    /// # Errors
    /// A `next` that the policy answers by 400.
    pub(super) fn refused_next(&self) -> Result<(), NextError> {
        self.next.as_ref().map(|_| ()).map_err(|error| *error)
    }

    /// Adds the token that the body carries; one in the header and one in the body must not disagree.
    pub(super) fn add_token(&mut self, token: Option<&str>) {
        if let (Ok(None), Some(token)) = (&self.token, token) {
            self.token = Ok(Some(token.to_owned()));
        }
    }

    /// Adds the `next` values of the body; a form writes `next` into the query, so any is one too many or the only one.
    pub(super) fn with_body_next(mut self, parts: &Parts, guard: &FormGuard, values: &[String]) -> Self {
        let read = Next::from_query_and_body(parts.uri.query(), values.iter().map(String::as_str));
        self.next = guard.next.apply(read);
        self
    }
}

impl Envelope for RequestEnvelope {
    fn verdict(&self, form: &str) -> Result<(), Stop> {
        let token = match &self.token {
            Ok(token) => self.csrf.verify(token.as_deref(), form, &self.binding),
            Err(error) => Err(*error),
        };
        match self.headers.with_token(token) {
            CsrfVerdict::Pass if self.next.is_err() => Err(Stop::BadNext),
            CsrfVerdict::Pass => Ok(()),
            CsrfVerdict::Rerender(_) => Err(Stop::Stale),
            CsrfVerdict::Refuse(_) => Err(Stop::Forbidden),
        }
    }

    fn token(&self, form: &str) -> Option<String> {
        Some(self.csrf.issue(form, &self.binding))
    }

    fn next(&self) -> &Next {
        self.next.as_ref().unwrap_or(&self.nowhere)
    }

    fn prefers(&self) -> Prefers {
        self.prefers
    }
}

/// On an exempt path nothing is asked for, as for a request that only reads.
fn headers(parts: &Parts, guard: &FormGuard) -> HeaderVerdict {
    match parts.extensions.get::<CsrfExempt>() {
        Some(_) => HeaderVerdict::Safe,
        None => guard.csrf.check_headers(&parts.method, &parts.headers),
    }
}

/// The session of a signed-in person, else the visitor's own cookie, which is set here if there is none.
fn caller(parts: &mut Parts, guard: &FormGuard) -> Binding {
    if let Some(Caller(binding)) = parts.extensions.get() {
        return binding.clone();
    }
    let cookies = Cookies::from_headers(&parts.headers);
    let binding = match guard.cookies.get(&cookies, &SESSION_COOKIE) {
        Ok(Some(session)) => Binding::session(&session.value),
        _ => visitor(parts, guard, &cookies),
    };
    parts.extensions.insert(Caller(binding.clone()));
    binding
}

fn visitor(parts: &Parts, guard: &FormGuard, cookies: &Cookies<'_>) -> Binding {
    // A visitor whose cookie cannot be written gets a token that no later request matches: closed, not open.
    let Ok(visitor) = guard.csrf.visitor(cookies) else { return Binding::visitor(&VisitorId::generate()) };
    let binding = visitor.binding();
    if let (Some(cookie), Some(page)) = (visitor.set_cookie, parts.extensions.get::<Arc<Page>>()) {
        page.set_cookie(cookie.into());
    }
    binding
}

/// JSON only for a client that names it and does not name HTML: browsers name both or `*/*`.
fn prefers(headers: &HeaderMap) -> Prefers {
    let accept = headers.get_all(header::ACCEPT).iter().filter_map(|line| line.to_str().ok());
    let named: Vec<&str> =
        accept.flat_map(|line| line.split(',')).map(|range| range.split(';').next().unwrap_or(range).trim()).collect();
    let names = |wanted: &str| named.iter().any(|range| range.eq_ignore_ascii_case(wanted));
    let json = names("application/json") || names("application/problem+json");
    if json && !names("text/html") { Prefers::ProblemJson } else { Prefers::Html }
}

/// Whether a request of this method carries its form in the query.
pub(super) fn is_read(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}
