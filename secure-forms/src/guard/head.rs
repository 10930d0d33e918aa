//! What a request says around its body, read before the body is: its method, whom tokens are bound to, the verdict of the
//! headers, `next`.

use std::sync::Arc;

use http::request::Parts;
use http::{HeaderMap, Method, header};

use super::config::FormGuard;
use crate::form::{Envelope, FormMethod, FormSpec, PageContext, Prefers, Stop};
use crate::response::Page;
use crate::route::{ReturnTo, ReturnToError, ReturnToPolicy};
use crate::session::{
    ARRIVAL_COOKIE, Arrival, Binding, CSRF_COOKIE, Cookies, Csrf, CsrfError, CsrfExempt, CsrfVerdict, HeaderVerdict,
    SESSION_COOKIE, SetCookie, VisitorId,
};

/// The head of one request.
pub(crate) struct RequestHead {
    csrf: Csrf,
    carrier: Carrier,
    headers: HeaderVerdict,
    caller: Caller,
    token: Result<Option<String>, CsrfError>,
    query: Option<String>,
    policy: ReturnToPolicy,
    next: Result<ReturnTo, ReturnToError>,
    nowhere: ReturnTo,
    prefers: Prefers,
}

/// Where a request carries its form, by its method (RFC 9110, 9.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// GET and HEAD: in the query.
    Query,
    /// POST, PUT, PATCH, DELETE and methods of one's own: in the body.
    Body,
    /// OPTIONS, TRACE and CONNECT ask something of the connection: they carry no form.
    Nothing,
}

impl Carrier {
    fn of(method: &Method) -> Self {
        match *method {
            Method::GET | Method::HEAD => Self::Query,
            Method::OPTIONS | Method::TRACE | Method::CONNECT => Self::Nothing,
            _ => Self::Body,
        }
    }

    fn carries(self, form: FormMethod) -> bool {
        self == match form {
            FormMethod::Get => Self::Query,
            FormMethod::Post => Self::Body,
        }
    }
}

/// Whom tokens are bound to.
#[derive(Clone)]
enum Caller {
    /// The request's form takes no token: nothing was read, and no cookie is set for it.
    NotAsked,
    Known(Known),
}

/// Whether the request brought a cookie that tokens could have been bound to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Proof {
    Brought,
    None,
}

/// Kept on the request, so that two forms on one page do not set two cookies.
#[derive(Clone)]
struct Known {
    binding: Binding,
    proof: Proof,
    /// What sends the visitor's cookie and `no-store`: without it no page may be given a token.
    page: Option<Arc<Page>>,
}

impl RequestHead {
    /// Reads the head of a request for `form`; of a form that is not known yet, the method decides.
    pub(crate) fn read(parts: &mut Parts, guard: &FormGuard, form: Option<&FormSpec>) -> Self {
        let carrier = Carrier::of(&parts.method);
        let headers = headers(parts, guard);
        let takes_token = form.map_or(carrier == Carrier::Body, |form| form.method == FormMethod::Post);
        let is_exempt = headers == HeaderVerdict::Exempt;
        let caller = if takes_token && !is_exempt { caller(parts, guard) } else { Caller::NotAsked };
        Self {
            csrf: guard.csrf.clone(),
            carrier,
            headers,
            caller,
            token: Csrf::token_from_headers(&parts.headers).map(|token| token.map(str::to_owned)),
            query: parts.uri.query().map(str::to_owned),
            policy: guard.next,
            next: guard.next.apply(ReturnTo::from_query(parts.uri.query())),
            nowhere: ReturnTo::default(),
            prefers: prefers(&parts.headers),
        }
    }

    /// What is to be read for `form`: nothing, where the head alone refuses it.
    pub(crate) fn carrier(&self, form: Option<&FormSpec>) -> Carrier {
        let is_refused = matches!(self.headers, HeaderVerdict::Refuse(_));
        let is_carried = form.is_none_or(|form| self.carrier.carries(form.method));
        if is_refused || !is_carried { Carrier::Nothing } else { self.carrier }
    }

    /// The query, for forms that are carried in it.
    pub(crate) fn query(&self) -> &str {
        self.query.as_deref().unwrap_or_default()
    }

    /// # Errors
    /// A `next` that the policy answers by 400.
    pub(crate) fn refused_next(&self) -> Result<(), ReturnToError> {
        self.next.as_ref().map(|_| ()).map_err(|error| *error)
    }

    /// Whether a page's form can be protected: the layer that sends its cookie and `no-store` is there, or it needs none.
    pub(crate) fn is_set_up(&self) -> bool {
        match &self.caller {
            Caller::NotAsked => true,
            Caller::Known(known) => known.page.is_some(),
        }
    }

    /// Adds the token that the body carries; one in the header and one in the body must not disagree.
    pub(crate) fn add_token(&mut self, token: Option<&str>) {
        if let (Ok(None), Some(token)) = (&self.token, token) {
            self.token = Ok(Some(token.to_owned()));
        }
    }

    /// Adds the `next` values of the body; a form writes `next` into the query, so any is one too many or the only one.
    pub(crate) fn add_next<'n>(&mut self, values: impl IntoIterator<Item = &'n str>) {
        let mut values = values.into_iter().peekable();
        if values.peek().is_some() {
            self.next = self.policy.apply(ReturnTo::from_query_and_body(self.query.as_deref(), values));
        }
    }

    fn verdict_of_token(&self, form: &FormSpec) -> Result<(), Stop> {
        if self.headers == HeaderVerdict::Exempt {
            return Ok(());
        }
        let Caller::Known(known) = &self.caller else { return Err(Stop::Forbidden) };
        let token = match &self.token {
            Ok(token) => self.csrf.verify(token.as_deref(), form.path, &known.binding),
            Err(error) => Err(*error),
        };
        match self.headers.with_token(token) {
            CsrfVerdict::Pass => Ok(()),
            CsrfVerdict::Rerender(_) if known.proof == Proof::None => Err(Stop::NoCookies),
            CsrfVerdict::Rerender(_) => Err(Stop::Stale),
            CsrfVerdict::Refuse(_) => Err(Stop::Forbidden),
        }
    }
}

impl Envelope for RequestHead {
    fn verdict(&self, form: &FormSpec) -> Result<(), Stop> {
        if !self.carrier.carries(form.method) {
            return Err(Stop::Method);
        }
        match form.method {
            FormMethod::Get if matches!(self.headers, HeaderVerdict::Refuse(_)) => return Err(Stop::Forbidden),
            FormMethod::Get => {}
            FormMethod::Post => self.verdict_of_token(form)?,
        }
        if self.next.is_err() { Err(Stop::BadNext) } else { Ok(()) }
    }

    fn page(&self, form: &FormSpec) -> PageContext {
        let token = match &self.caller {
            Caller::Known(known) if form.method == FormMethod::Post && known.page.is_some() => {
                Some(self.csrf.issue(form.path, &known.binding))
            }
            _ => None,
        };
        PageContext { token, return_to: self.return_to().clone(), prefers: self.prefers }
    }

    fn return_to(&self) -> &ReturnTo {
        self.next.as_ref().unwrap_or(&self.nowhere)
    }
}

fn headers(parts: &Parts, guard: &FormGuard) -> HeaderVerdict {
    match parts.extensions.get::<CsrfExempt>() {
        Some(_) => HeaderVerdict::Exempt,
        None => guard.csrf.check_headers(&parts.method, &parts.headers),
    }
}

/// The session that the application names, else the one of a signed-in person, else the visitor's own cookie, which is set here
/// if there is none. The response then shows one person's data.
fn caller(parts: &mut Parts, guard: &FormGuard) -> Caller {
    if let Some(known) = parts.extensions.get::<Known>() {
        return Caller::Known(known.clone());
    }
    let page = parts.extensions.get::<Arc<Page>>().cloned();
    if let Some(page) = &page {
        page.mark_personal();
    }
    let (binding, proof) = match guard.foreign_binding(parts) {
        Some(binding) => (binding, Proof::Brought),
        None => own_binding(&parts.headers, guard, page.as_deref()),
    };
    let known = Known { binding, proof, page };
    parts.extensions.insert(known.clone());
    Caller::Known(known)
}

fn own_binding(headers: &HeaderMap, guard: &FormGuard, page: Option<&Page>) -> (Binding, Proof) {
    let cookies = Cookies::from_headers(headers);
    let send = |cookie: SetCookie| {
        if let Some(page) = page {
            page.set_cookie(cookie.into());
        }
    };
    if let Ok(Some(session)) = guard.cookies.get(&cookies, &SESSION_COOKIE) {
        if cookies.get(ARRIVAL_COOKIE.name()).is_none()
            && let Ok(cookie) = guard.cookies.set(&ARRIVAL_COOKIE, &Arrival)
        {
            send(cookie);
        }
        return (Binding::session(&session.value), Proof::Brought);
    }
    let has = |name: &str| cookies.get(name).is_some();
    let proof = if has(CSRF_COOKIE.name()) || has(SESSION_COOKIE.name()) { Proof::Brought } else { Proof::None };
    // A visitor whose cookie cannot be written gets a token that no later request matches: closed, not open.
    let Ok(visitor) = guard.csrf.visitor(&cookies) else { return (Binding::visitor(&VisitorId::generate()), proof) };
    let binding = visitor.binding();
    visitor.set_cookie.into_iter().for_each(send);
    (binding, proof)
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
