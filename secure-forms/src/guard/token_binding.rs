//! Whom the tokens of a request are bound to: its head enters; the binding, what proves it and where its cookie is sent leave.

use std::sync::Arc;

use http::HeaderMap;
use http::request::Parts;

use super::caller::{Known, Proof, SharedCaller};
use super::config::FormGuard;
use crate::response::Exchange;
use crate::session::{ARRIVAL_COOKIE, Arrival, Binding, CSRF_COOKIE, Cookies, SESSION_COOKIE, SetCookie, VisitorId};

/// Whom tokens are bound to.
#[derive(Clone)]
pub(super) enum Caller {
    /// The request's form takes no token: nothing was read, and no cookie is set for it.
    NotAsked,
    Known(Known),
}

/// The session that the application names, else the one of a signed-in person, else the visitor's own cookie, which is set here
/// if there is none. The response then shows one person's data.
pub(super) fn caller(parts: &mut Parts, guard: &FormGuard) -> Caller {
    if let Some(known) = parts.extensions.get::<Known>() {
        return Caller::Known(known.clone());
    }
    let shared = parts.extensions.get::<SharedCaller>().cloned();
    if let Some(known) = shared.as_ref().and_then(|SharedCaller(known)| known.get()) {
        return Caller::Known(known.clone());
    }
    let exchange = parts.extensions.get::<Arc<Exchange>>().cloned();
    if let Some(exchange) = &exchange {
        exchange.mark_personal();
    }
    let (binding, proof) = match guard.foreign_binding(parts) {
        Some(binding) => (binding, Proof::Brought),
        None => own_binding(&parts.headers, guard, exchange.as_deref()),
    };
    let known = Known { binding, proof, exchange };
    match shared {
        Some(SharedCaller(place)) => Caller::Known(place.get_or_init(|| known).clone()),
        None => {
            parts.extensions.insert(known.clone());
            Caller::Known(known)
        }
    }
}

fn own_binding(headers: &HeaderMap, guard: &FormGuard, exchange: Option<&Exchange>) -> (Binding, Proof) {
    let cookies = Cookies::from_headers(headers);
    let send = |cookie: SetCookie| {
        if let Some(exchange) = exchange {
            exchange.set_cookie(cookie.into());
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
