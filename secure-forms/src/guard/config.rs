//! What every adapter's form extractors need from the application: keys, own origins, policies. One value in the state.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header;
use http::request::Parts;
use secure_forms_core::origin::Origin;

use super::layout::Layout;
use super::page_content::PageContent;
use crate::crypto::KeyRing;
use crate::form::{English, Messages, choose_messages};
use crate::html::Html;
use crate::response::Exchange;
use crate::route::ReturnToPolicy;
use crate::session::{Binding, Clock, Csrf, OwnOrigins, SignedCookies};

/// Protects the forms of an application. Put one into the application's state; extractors take it from there (`FromRef`),
/// so that a handler with a form does not compile in an application without it.
///
/// ```
/// use axum::extract::FromRef;
/// use secure_forms::csrf::OwnOrigins;
/// use secure_forms::{FormGuard, KeyRing};
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
///
/// ```
/// use std::time::Duration;
/// use secure_forms::csrf::OwnOrigins;
/// use secure_forms::redirect::{Origin, ReturnToPolicy};
/// use secure_forms::session::Clock;
/// use secure_forms::{FormGuard, KeyRing};
///
/// let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?)
///     .with_csrf_ttl(Duration::from_secs(1800))
///     .with_listed_origins([Origin::exact("https://accounts.example")?])  // its pages may post here
///     .with_return_to_policy(ReturnToPolicy::FallBack)
///     .with_body_limit(64 << 10)
///     .with_clock(Clock::system());
/// assert_eq!(guard.csrf().own_origins().iter().count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct FormGuard {
    pub(super) csrf: Csrf,
    pub(super) cookies: SignedCookies,
    pub(super) next: ReturnToPolicy,
    layout: Layout,
    body_limit: usize,
    binding: Option<Arc<BindingOf>>,
    languages: Arc<[(&'static str, &'static dyn Messages)]>,
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
            languages: Arc::new([]),
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
    /// use secure_forms::csrf::{Binding, OwnOrigins};
    /// use secure_forms::{FormGuard, KeyRing};
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

    /// The languages of its pages, each under its tag (RFC 5646): the request's `Accept-Language` chooses, as [`choose_messages`] says,
    /// and who asks for none of them reads the first. Without any, problems are told in [`English`].
    ///
    /// ```
    /// use http::Request;
    /// use secure_forms::csrf::OwnOrigins;
    /// use secure_forms::form::{English, German};
    /// use secure_forms::{Form, FormGuard, KeyRing};
    ///
    /// #[derive(Debug, Form)]
    /// #[form(method = get)]
    /// struct Search {
    ///     q: String,
    /// }
    ///
    /// let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?)
    ///     .with_messages(&[("en", &English), ("de", &German)]);
    /// let (mut parts, ()) = Request::get("/search?q=").header("accept-language", "de-AT, en;q=0.5").body(())?.into_parts();
    /// let rejected = guard.submission_in_memory(&mut parts, Vec::new(), Some(Search::SPEC)).bind::<Search>().unwrap_err();
    /// assert_eq!(rejected.page().lang(), "de");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_messages(mut self, offered: &[(&'static str, &'static dyn Messages)]) -> Self {
        self.languages = offered.into();
        self
    }

    /// The language that answers this request, whose answer then says that it was chosen. Lines of one field are one list (RFC 9110, 5.3).
    pub(super) fn messages(&self, parts: &Parts) -> &'static dyn Messages {
        let Some((_, first)) = self.languages.first() else { return &English };
        if let Some(exchange) = parts.extensions.get::<Arc<Exchange>>()
            && self.languages.len() > 1
        {
            exchange.mark_in_chosen_language();
        }
        let lines = parts.headers.get_all(header::ACCEPT_LANGUAGE).iter().filter_map(|line| line.to_str().ok());
        let asked = lines.collect::<Vec<_>>().join(",");
        choose_messages(&asked, &self.languages).unwrap_or(*first)
    }

    /// The layout of the application's pages. `visit` takes from the head of every request what the layout wants of it, before any
    /// handler and any layer further in; `page` makes of that and of a [`PageContent`] a whole document. Rejected forms, refusals
    /// and the pages of handlers then look alike.
    ///
    /// What a layer further in finds out, such as who is signed in, reaches the layout through a place that `visit` puts on the
    /// request. A layout with a form of its own, such as the button that signs out, keeps a copy of the head and asks a copy of the
    /// guard for it ([`FormGuard::blank`]); a layout with a script keeps the [`Nonce`](crate::Nonce).
    ///
    /// ```
    /// use secure_forms::csrf::OwnOrigins;
    /// use secure_forms::{FormGuard, Html, KeyRing, html};
    ///
    /// let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?).with_layout(
    ///     |request| request.uri.path().to_owned(),
    ///     |path, page| {
    ///         html! {
    ///             (Html::DOCTYPE)
    ///             html lang="en" {
    ///                 head { meta charset="utf-8"; title { (page.title()) " · Apples" } }
    ///                 body { nav { a href="/" aria-current=[(path == "/").then_some("page")] { "Home" } } main { (page.content()) } }
    ///             }
    ///         }
    ///     },
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Security
    /// A page in a layout may show whose it is, and is sent with `Cache-Control: no-store` unless its answer says otherwise
    /// (CWE-525). What [`OwnOriginGate`](super::OwnOriginGate) answers, over plain HTTP and to other hosts, is in no layout. A session of
    /// another library ([`FormGuard::with_binding`]) must be on the request before the layout is, or the layout's own forms are bound to
    /// the visitor's cookie and refused.
    #[must_use]
    pub fn with_layout<V: Send + 'static>(
        mut self,
        visit: impl Fn(&mut Parts) -> V + Send + Sync + 'static,
        page: impl Fn(V, &PageContent) -> Html + Send + Sync + 'static,
    ) -> Self {
        self.layout = Layout::new(visit, page);
        self
    }

    /// The layout for an adapter; without [`FormGuard::with_layout`] one that changes nothing.
    pub fn layout(&self) -> &Layout {
        &self.layout
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
            .field("return_to", &self.next)
            .field("body_limit", &self.body_limit)
            .finish_non_exhaustive()
    }
}
