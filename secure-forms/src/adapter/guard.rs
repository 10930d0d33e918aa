//! What every adapter's form extractors need from the application: keys, own origins, policies. One value in the state.

use std::time::Duration;

use crate::crypto::KeyRing;
use crate::route::NextPolicy;
use crate::session::{Clock, Csrf, Origin, OwnOrigins, SignedCookies};

/// Protects the forms of an application. Put one into the application's state; extractors take it from there (`FromRef`),
/// so that a handler with a form does not compile in an application without it.
///
/// ```
/// use axum::extract::FromRef;
/// use secure_forms::{FormGuard, KeyRing, OwnOrigins};
///
/// #[derive(Clone, FromRef)]
/// struct App {
///     guard: FormGuard,
/// }
///
/// let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?);
/// let app = App { guard };
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct FormGuard {
    pub(super) csrf: Csrf,
    pub(super) cookies: SignedCookies,
    pub(super) next: NextPolicy,
    pub(super) body_limit: usize,
}

/// 256 KiB: text alone. Files have limits of their own.
const BODY_LIMIT: usize = 256 << 10;

impl FormGuard {
    /// Tokens live for an hour, a `next` that leads off the site is answered by 400, bodies without files have at most
    /// 256 KiB.
    pub fn new(keys: KeyRing, own: OwnOrigins) -> Self {
        Self {
            csrf: Csrf::new(keys.clone(), own),
            cookies: SignedCookies::new(keys),
            next: NextPolicy::BadRequest,
            body_limit: BODY_LIMIT,
        }
    }

    /// How long a form's token lives, in whole seconds.
    #[must_use]
    pub fn with_csrf_ttl(mut self, ttl: Duration) -> Self {
        self.csrf = self.csrf.with_ttl(ttl);
        self
    }

    /// Other origins whose pages may post here; they need a token all the same.
    #[must_use]
    pub fn with_listed_origins(mut self, origins: impl IntoIterator<Item = Origin>) -> Self {
        self.csrf = self.csrf.with_listed_origins(origins);
        self
    }

    /// What a `next` that leads off the site is answered by.
    #[must_use]
    pub fn with_next_policy(mut self, policy: NextPolicy) -> Self {
        self.next = policy;
        self
    }

    /// The most bytes of a body without files. A form whose rules allow longer texts takes as much as they need: an
    /// encoded text is up to nine bytes for each UTF-16 unit of its `length`.
    #[must_use]
    pub fn with_body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Reads the time elsewhere, for tests.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.csrf = self.csrf.with_clock(clock.clone());
        self.cookies = self.cookies.with_clock(clock);
        self
    }

    /// The cookies that the same keys sign: for the application's session.
    pub fn cookies(&self) -> &SignedCookies {
        &self.cookies
    }

    /// The protection itself, for routes without a form.
    pub fn csrf(&self) -> &Csrf {
        &self.csrf
    }
}
