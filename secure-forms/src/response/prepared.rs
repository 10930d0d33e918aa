//! The fast way to put the headers on a response: clone a ready map and extend it with the handler's few.

use std::fmt;
use std::sync::Arc;

use http::header::{ACCEPT_LANGUAGE, HOST, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, SET_COOKIE, VARY};
use http::{Request, Response, StatusCode};

use super::cache;
use super::conflict::HeaderConflict;
use super::exchange::{Exchange, Sealed};
use super::header_values::ReferrerPolicy;
use super::headers::{HstsWhen, SecurityHeaders, policy_value};
use super::hsts::may_name;
use super::policy::Csp;
use crate::request::Transport;

/// Twice what the library and a handler send together.
const ROOM: usize = 48;

/// [`SecurityHeaders`] with everything done that does not depend on the response: for adapters, which call
/// [`begin`](Self::begin) before a handler and [`PendingHeaders::finish`] after it.
///
/// ```
/// use http::{Request, Response};
/// use secure_forms::guard::PreparedHeaders;
/// use secure_forms::SecurityHeaders;
///
/// let headers = PreparedHeaders::new(&SecurityHeaders::modern());
/// let mut request = Request::get("/").body(())?;
/// let pending = headers.begin(&mut request);
/// let mut response = Response::new("what the handler answers");
/// pending.finish(&mut response);
/// assert_eq!(response.headers()["x-frame-options"], "DENY");
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone)]
pub struct PreparedHeaders {
    all: Arc<BothTransports>,
}

/// The headers of a response that is not there yet.
///
/// # Security
/// Without [`finish`](Self::finish) no visitor's cookie is set and no page is `no-store`.
#[must_use = "a response without `finish` carries no headers"]
pub struct PendingHeaders {
    all: Arc<BothTransports>,
    exchange: Arc<Exchange>,
    delivery: Delivery,
}

struct BothTransports {
    plain: Prepared,
    tls: Prepared,
    hsts_when: HstsWhen,
    policy_names: Vec<HeaderName>,
    on_conflict: fn(HeaderConflict),
}

/// What is ready for requests that arrived one way.
struct Prepared {
    without_hsts: HeaderMap,
    with_hsts: HeaderMap,
    nonced: Vec<(HeaderName, Vec<String>)>,
}

impl Prepared {
    fn new(headers: &SecurityHeaders, transport: Transport) -> Self {
        // A clone keeps the table's size: with room to spare, a handler's headers do not make it grow for every response.
        let mut without_hsts = HeaderMap::with_capacity(ROOM);
        without_hsts.extend(headers.without_hsts_headers(transport));
        let mut with_hsts = without_hsts.clone();
        headers.insert_hsts(&mut with_hsts);
        let pieces = |policy: Csp| policy.nonce_pieces().map(str::to_owned).collect::<Vec<_>>();
        let policies = headers.policies(transport).map(|(name, policy)| (name, pieces(policy)));
        Self { without_hsts, with_hsts, nonced: policies.filter(|(_, pieces)| pieces.len() > 1).collect() }
    }
}

/// How a response leaves: over which transport, and whether with HSTS.
#[derive(Clone, Copy, Debug)]
struct Delivery {
    transport: Transport,
    hsts: bool,
}

impl PreparedHeaders {
    /// Makes everything ready that does not depend on the response.
    #[must_use]
    pub fn new(headers: &SecurityHeaders) -> Self {
        Self { all: Arc::new(BothTransports::new(headers)) }
    }

    /// Puts within the handler's reach what it shares with its response: the [`Nonce`](crate::Nonce), cookies, `no-store`. What the
    /// request arrived over is the [`Transport`] in its extensions; of two that begin with one request, both finish.
    pub fn begin<B>(&self, request: &mut Request<B>) -> PendingHeaders {
        let transport = request.extensions().get().copied().unwrap_or(Transport::Plain);
        let delivery = self.all.delivery(transport, || authority(request));
        let exchange = Arc::clone(request.extensions_mut().get_or_insert_with(Arc::<Exchange>::default));
        PendingHeaders { all: Arc::clone(&self.all), exchange, delivery }
    }
}

impl PendingHeaders {
    /// Puts the headers on the response; those that the handler set stay.
    pub fn finish<B>(&self, response: &mut Response<B>) {
        let status = response.status();
        self.all.apply(self.delivery, &self.exchange, status, response.headers_mut());
    }
}

impl fmt::Debug for PreparedHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PreparedHeaders(…)")
    }
}

impl fmt::Debug for PendingHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PendingHeaders(…)")
    }
}

fn authority<B>(request: &Request<B>) -> Option<&[u8]> {
    match request.uri().authority() {
        Some(authority) => Some(authority.as_str().as_bytes()),
        None => request.headers().get(HOST).map(HeaderValue::as_bytes),
    }
}

impl BothTransports {
    fn new(headers: &SecurityHeaders) -> Self {
        let (plain, tls) = (Prepared::new(headers, Transport::Plain), Prepared::new(headers, Transport::Tls));
        if plain.without_hsts.get(REFERRER_POLICY).is_some_and(|value| value == ReferrerPolicy::NoReferrer.name()) {
            (headers.on_conflict)(HeaderConflict::NoReferrer);
        }
        let policy_names = headers.policies(Transport::Plain).map(|(name, _)| name).collect();
        Self { plain, tls, hsts_when: headers.hsts_when, policy_names, on_conflict: headers.on_conflict }
    }

    /// How the response to this request leaves.
    fn delivery<'a>(&self, transport: Transport, authority: impl FnOnce() -> Option<&'a [u8]>) -> Delivery {
        let (transport, hsts) = match self.hsts_when {
            HstsWhen::Always => (transport, true),
            HstsWhen::OverTls => (transport, transport == Transport::Tls && authority().is_some_and(may_name)),
            HstsWhen::BehindProxy => (Transport::Tls, authority().is_some_and(may_name)),
        };
        Delivery { transport, hsts }
    }

    /// Puts the headers on a response; those that the handler set stay, also repeated ones.
    fn apply(&self, delivery: Delivery, exchange: &Exchange, status: StatusCode, headers: &mut HeaderMap) {
        let prepared = if delivery.transport == Transport::Tls { &self.tls } else { &self.plain };
        let Sealed { nonce, is_personal, is_in_chosen_language, cookies } = exchange.seal();
        let mut all = if delivery.hsts { prepared.with_hsts.clone() } else { prepared.without_hsts.clone() };
        if status == StatusCode::NOT_MODIFIED {
            // The stored page holds the nonce of its own policy, which headers of a 304 would replace (RFC 9111, section 3.2).
            self.policy_names.iter().for_each(|name| drop(all.remove(name)));
        } else if let Some(nonce) = nonce {
            for (name, pieces) in &prepared.nonced {
                all.insert(name, policy_value(pieces.join(nonce)));
            }
        }
        overlay(&mut all, std::mem::take(headers));
        for line in cookies {
            all.append(SET_COOKIE, line);
        }
        if is_in_chosen_language {
            all.append(VARY, HeaderValue::from(ACCEPT_LANGUAGE));
        }
        let is_one_persons = nonce.is_some() || is_personal || all.contains_key(SET_COOKIE);
        if is_one_persons && cache::forbid_storing(&mut all) {
            (self.on_conflict)(HeaderConflict::CacheablePersonalPage);
        }
        *headers = all;
    }
}

/// Puts `over` above what is there: a name of `over` replaces all lines of that name, its own repeated lines stay.
/// `HeaderMap::extend` does the same for a tenth more instructions.
fn overlay(all: &mut HeaderMap, over: HeaderMap) {
    let mut current = None;
    for (name, value) in over {
        match (name, &current) {
            (Some(name), _) => {
                all.insert(&name, value);
                current = Some(name);
            }
            (None, Some(name)) => {
                all.append(name, value);
            }
            // A map's first line has a name.
            (None, None) => {}
        }
    }
}
