//! The fast way to put the headers on a response: clone a ready map and extend it with the handler's few.

use http::StatusCode;
use http::header::{HeaderMap, HeaderName, REFERRER_POLICY, SET_COOKIE};

use super::cache;
use super::conflict::HeaderConflict;
use super::header_values::ReferrerPolicy;
use super::headers::{HstsWhen, SecurityHeaders, policy_value};
use super::hsts::may_name;
use super::nonce::{Page, Sealed};
use super::policy::Csp;
use crate::request::Transport;

/// Twice what the library and a handler send together.
const ROOM: usize = 48;

/// [`SecurityHeaders`] with everything done that does not depend on the response.
pub(crate) struct ReadyHeaders {
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
pub(crate) struct Delivery {
    transport: Transport,
    hsts: bool,
}

impl ReadyHeaders {
    pub(crate) fn new(headers: &SecurityHeaders) -> Self {
        let (plain, tls) = (Prepared::new(headers, Transport::Plain), Prepared::new(headers, Transport::Tls));
        if plain.without_hsts.get(REFERRER_POLICY).is_some_and(|value| value == ReferrerPolicy::NoReferrer.name()) {
            (headers.on_conflict)(HeaderConflict::NoReferrer);
        }
        let policy_names = headers.policies(Transport::Plain).map(|(name, _)| name).collect();
        Self { plain, tls, hsts_when: headers.hsts_when, policy_names, on_conflict: headers.on_conflict }
    }

    /// How the response to this request leaves.
    pub(crate) fn delivery<'a>(&self, transport: Transport, authority: impl FnOnce() -> Option<&'a [u8]>) -> Delivery {
        let (transport, hsts) = match self.hsts_when {
            HstsWhen::Always => (transport, true),
            HstsWhen::OverTls => (transport, transport == Transport::Tls && authority().is_some_and(may_name)),
            HstsWhen::BehindProxy => (Transport::Tls, authority().is_some_and(may_name)),
        };
        Delivery { transport, hsts }
    }

    /// Puts the headers on a response; those that the handler set stay, also repeated ones.
    pub(crate) fn apply(&self, delivery: Delivery, page: &Page, status: StatusCode, headers: &mut HeaderMap) {
        let prepared = if delivery.transport == Transport::Tls { &self.tls } else { &self.plain };
        let Sealed { nonce, is_personal, cookies } = page.seal();
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
