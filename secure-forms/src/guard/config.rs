//! What every adapter's form extractors need from the application: keys, own origins, policies. One value in the state.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::request::Parts;

use super::layout::Layout;
use crate::crypto::KeyRing;
use crate::route::ReturnToPolicy;
use crate::session::{Binding, Clock, Csrf, Origin, OwnOrigins, SignedCookies};

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
#[derive(Clone)]
pub struct FormGuard {
    pub(super) csrf: Csrf,
    pub(super) cookies: SignedCookies,
    pub(super) next: ReturnToPolicy,
    pub(super) layout: Layout,
    body_limit: usize,
    binding: Option<Arc<BindingOf>>,
}

/// Finds the session of another library on a request.
type BindingOf = dyn Fn(&Parts) -> Option<Binding> + Send + Sync;

/// 256 KiB: text alone. Files have limits of their own.
const BODY_LIMIT: usize = 256 << 10;

impl FormGuard {
    /// Tokens live for an hour, a `next` that leads off the site is answered by 400, bodies without files have at most
    /// 256 KiB.
    pub fn new(keys: KeyRing, own: OwnOrigins) -> Self {
        Self {
            csrf: Csrf::new(keys.clone(), own),
            cookies: SignedCookies::new(keys),
            next: ReturnToPolicy::BadRequest,
            layout: Layout::default(),
            body_limit: BODY_LIMIT,
            binding: None,
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
    pub fn with_return_to_policy(mut self, policy: ReturnToPolicy) -> Self {
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

    /// Binds tokens to the sessions of another library (tower-sessions, your own): `binding` finds the session's identifier on
    /// the request. `None` is somebody without a session, whose tokens are bound to the visitor's cookie.
    ///
    /// ```
    /// use secure_forms::{Binding, FormGuard, KeyRing, OwnOrigins};
    ///
    /// #[derive(Clone)]
    /// struct TheirSession(String);  // what the other library's layer puts on the request
    ///
    /// let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?).with_binding(|request| {
    ///     let session = request.extensions.get::<TheirSession>()?;
    ///     Binding::foreign_session(&session.0).ok()
    /// });
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Security
    /// The identifier must change at sign-in (session fixation, CWE-384), or tokens from before stay good after it.
    #[must_use]
    pub fn with_binding(mut self, binding: impl Fn(&Parts) -> Option<Binding> + Send + Sync + 'static) -> Self {
        self.binding = Some(Arc::new(binding));
        self
    }

    pub(super) fn foreign_binding(&self, parts: &Parts) -> Option<Binding> {
        self.binding.as_ref().and_then(|binding| binding(parts))
    }

    /// The most bytes of a body without files.
    pub(crate) fn body_limit(&self) -> usize {
        self.body_limit
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

impl fmt::Debug for FormGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FormGuard")
            .field("csrf", &self.csrf)
            .field("next", &self.next)
            .field("body_limit", &self.body_limit)
            .finish_non_exhaustive()
    }
}
