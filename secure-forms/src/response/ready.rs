//! The fast way to put the headers on a response: clone a ready map and extend it with the handler's few.

use http::StatusCode;
use http::header::{CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, SET_COOKIE};

use super::conflict::HeaderConflict;
use super::headers::{HstsWhen, ReferrerPolicy, SecurityHeaders, policy_value};
use super::hsts::{Transport, may_name};
use super::nonce::Page;

/// Twice what the library and a handler send together.
const ROOM: usize = 48;

/// [`SecurityHeaders`] with everything done that does not depend on the response.
pub(crate) struct ReadyHeaders {
    plain: HeaderMap,
    with_hsts: HeaderMap,
    hsts_when: HstsWhen,
    nonced: Vec<(HeaderName, Vec<String>)>,
    policy_names: Vec<HeaderName>,
    on_conflict: fn(HeaderConflict),
}

impl ReadyHeaders {
    pub(crate) fn new(headers: &SecurityHeaders) -> Self {
        // A clone keeps the table's size: with room to spare, a handler's headers do not make it grow for every response.
        let mut plain = HeaderMap::with_capacity(ROOM);
        plain.extend(headers.without_hsts_headers());
        let mut with_hsts = plain.clone();
        headers.insert_hsts(&mut with_hsts);
        if plain.get(REFERRER_POLICY).is_some_and(|value| value == ReferrerPolicy::NoReferrer.name()) {
            (headers.on_conflict)(HeaderConflict::NoReferrer);
        }
        let mut nonced = Vec::new();
        let mut policy_names = Vec::new();
        for (name, policy) in headers.policies() {
            let pieces: Vec<String> = policy.nonce_pieces().map(str::to_owned).collect();
            if pieces.len() > 1 {
                nonced.push((name.clone(), pieces));
            }
            policy_names.push(name);
        }
        let (hsts_when, on_conflict) = (headers.hsts_when, headers.on_conflict);
        Self { plain, with_hsts, hsts_when, nonced, policy_names, on_conflict }
    }

    /// Whether a response to this request carries HSTS.
    pub(crate) fn wants_hsts<'h>(&self, transport: Transport, host: impl FnOnce() -> Option<&'h str>) -> bool {
        match self.hsts_when {
            HstsWhen::Always => true,
            HstsWhen::OverTls => transport == Transport::Tls && host().is_some_and(may_name),
            HstsWhen::BehindProxy => host().is_some_and(may_name),
        }
    }

    /// Puts the headers on a response; those that the handler set stay, also repeated ones.
    pub(crate) fn apply(&self, with_hsts: bool, page: &Page, status: StatusCode, headers: &mut HeaderMap) {
        let mut all = if with_hsts { self.with_hsts.clone() } else { self.plain.clone() };
        let nonce = page.seal();
        if status == StatusCode::NOT_MODIFIED {
            // The stored page holds the nonce of its own policy, which headers of a 304 would replace (RFC 9111, section 3.2).
            self.policy_names.iter().for_each(|name| drop(all.remove(name)));
        } else if let Some(nonce) = nonce {
            for (name, pieces) in &self.nonced {
                all.insert(name, policy_value(pieces.join(nonce)));
            }
        }
        for line in page.take_cookies() {
            headers.append(SET_COOKIE, line);
        }
        let is_personal = nonce.is_some() || page.is_personal() || headers.contains_key(SET_COOKIE);
        all.extend(std::mem::take(headers));
        if is_personal {
            self.forbid_storing(&mut all);
        }
        *headers = all;
    }

    fn forbid_storing(&self, headers: &mut HeaderMap) {
        let lines = headers.get_all(CACHE_CONTROL);
        let is_forbidden = |line: &HeaderValue| {
            let text = line.to_str().unwrap_or_default();
            text.split(',').any(|directive| directive.trim().eq_ignore_ascii_case("no-store"))
        };
        if lines.iter().any(is_forbidden) {
            return;
        }
        if headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store")).is_some() {
            (self.on_conflict)(HeaderConflict::CacheablePersonalPage);
        }
    }
}
