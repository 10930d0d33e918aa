//! What a request says around its body, read before the body is: its method, whom tokens are bound to, the verdict of the
//! headers.

use std::sync::Arc;

use http::request::Parts;
use http::{HeaderMap, header};
use secure_forms_core::percent::Undecodable;

use super::caller::Proof;
use super::carrier::Carrier;
use super::config::FormGuard;
use super::stop::Stop;
use super::token_binding::{Caller, caller};
use crate::form::{Entry, FormMethod, FormSpec, HiddenFields, Messages, PageContext, Prefers, Tokens};
use crate::request::BodyProblem;
use crate::route::{ReturnTo, ReturnToError, ReturnToPolicy};
use crate::session::{Csrf, CsrfError, CsrfExempt, CsrfVerdict, HeaderVerdict};

/// The head of one request.
pub(crate) struct RequestHead {
    csrf: Csrf,
    carrier: Carrier,
    headers: HeaderVerdict,
    caller: Caller,
    token: Result<Option<String>, CsrfError>,
    query: Option<String>,
    policy: ReturnToPolicy,
    prefers: Prefers,
    messages: &'static dyn Messages,
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
            prefers: prefers(&parts.headers),
            messages: guard.messages(parts),
        }
    }

    /// What is to be read for `form`: nothing, where the head alone refuses it.
    pub(crate) fn carrier(&self, form: Option<&FormSpec>) -> Carrier {
        let is_refused = matches!(self.headers, HeaderVerdict::Refuse(_));
        let is_carried = form.is_none_or(|form| self.carries(form));
        if is_refused || !is_carried { Carrier::Nothing } else { self.carrier }
    }

    /// The query, for forms that are carried in it.
    pub(crate) fn query(&self) -> &str {
        self.query.as_deref().unwrap_or_default()
    }

    /// Whether a page's form can be protected: the layer that sends its cookie and `no-store` is there, or it needs none.
    pub(crate) fn is_set_up(&self) -> bool {
        match &self.caller {
            Caller::NotAsked => true,
            Caller::Known(known) => known.exchange.is_some(),
        }
    }

    /// Whether the request's method carries this form at all.
    pub(crate) fn carries(&self, form: &FormSpec) -> bool {
        self.carrier.carries(form.method)
    }

    /// Whether this form may act, with these fields beside its own; else why not.
    pub(crate) fn verdict(&self, form: &FormSpec, hidden: &HiddenFields<'_>) -> Result<(), Stop> {
        if !self.carries(form) {
            return Err(Stop::Method);
        }
        match form.method {
            FormMethod::Get if matches!(self.headers, HeaderVerdict::Refuse(_)) => return Err(Stop::Forbidden),
            FormMethod::Get => {}
            FormMethod::Post => self.verdict_of_token(form, hidden.token)?,
        }
        self.return_to(hidden).map(|_| ()).map_err(|_| Stop::BadNext)
    }

    fn verdict_of_token(&self, form: &FormSpec, in_body: Entry<'_>) -> Result<(), Stop> {
        if let Entry::Broken(problem) = in_body {
            return Err(Stop::Body(problem));
        }
        if self.headers == HeaderVerdict::Exempt {
            return Ok(());
        }
        let Caller::Known(known) = &self.caller else { return Err(Stop::Forbidden) };
        // The header goes first: no other site can set it (Fetch, 2.2.2: it is not CORS-safelisted).
        let token = match (&self.token, in_body) {
            (Err(error), _) => Err(*error),
            (Ok(Some(token)), _) => self.csrf.verify(Some(token), form.path, &known.binding),
            (Ok(None), Entry::Text(token)) => self.csrf.verify(Some(token), form.path, &known.binding),
            (Ok(None), _) => self.csrf.verify(None, form.path, &known.binding),
        };
        match self.headers.with_token(token) {
            CsrfVerdict::Pass => Ok(()),
            CsrfVerdict::Rerender(_) if known.proof == Proof::None => Err(Stop::NoCookies),
            CsrfVerdict::Rerender(_) => Err(Stop::Stale),
            CsrfVerdict::Refuse(_) => Err(Stop::Forbidden),
        }
    }

    /// Where the request wants to go afterwards. A form that is sent by POST writes `next` into the query of its action, so that one
    /// in the body is one too many or the only one; of a form in the query, the query is the body.
    ///
    /// # Errors
    /// A `next` that the policy answers by 400.
    fn return_to(&self, hidden: &HiddenFields<'_>) -> Result<ReturnTo, ReturnToError> {
        let query = if self.carrier == Carrier::Query { None } else { self.query.as_deref() };
        self.policy.apply(match hidden.next {
            Entry::Broken(BodyProblem::Repeated) => Err(ReturnToError::Repeated),
            Entry::Broken(BodyProblem::BadPercentEncoding) => Err(ReturnToError::Malformed(Undecodable::BadTriplet)),
            Entry::Broken(_) => Err(ReturnToError::Malformed(Undecodable::NotUtf8)),
            Entry::Text(next) => ReturnTo::from_query_and_body(query, [next]),
            _ => ReturnTo::from_query(query),
        })
    }

    /// The same for a page on which nobody has sent anything.
    ///
    /// # Errors
    /// As [`RequestHead::return_to`].
    fn return_to_of_query(&self) -> Result<ReturnTo, ReturnToError> {
        self.policy.apply(ReturnTo::from_query(self.query.as_deref()))
    }

    /// What a page in answer to a submission needs; `hidden` is none where nothing of the form was read.
    pub(crate) fn page(self: &Arc<Self>, hidden: Option<&HiddenFields<'_>>) -> PageContext {
        let return_to = hidden.map_or_else(|| self.return_to_of_query(), |hidden| self.return_to(hidden));
        self.page_with(return_to.unwrap_or_default())
    }

    /// What a page that shows a form for the first time needs.
    ///
    /// # Errors
    /// As [`RequestHead::return_to`].
    pub(crate) fn first_page(self: &Arc<Self>) -> Result<PageContext, ReturnToError> {
        Ok(self.page_with(self.return_to_of_query()?))
    }

    fn page_with(self: &Arc<Self>, return_to: ReturnTo) -> PageContext {
        let tokens: Arc<dyn Tokens> = Arc::clone(self) as _;
        PageContext { tokens: Some(tokens), return_to, prefers: self.prefers, messages: self.messages }
    }
}

impl Tokens for RequestHead {
    fn token(&self, form: &FormSpec) -> Option<String> {
        match &self.caller {
            Caller::Known(known) if form.method == FormMethod::Post && known.exchange.is_some() => {
                Some(self.csrf.issue(form.path, &known.binding))
            }
            _ => None,
        }
    }
}

fn headers(parts: &Parts, guard: &FormGuard) -> HeaderVerdict {
    match parts.extensions.get::<CsrfExempt>() {
        Some(_) => HeaderVerdict::Exempt,
        None => guard.csrf.check_headers(&parts.method, &parts.headers),
    }
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
