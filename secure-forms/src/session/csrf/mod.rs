//! Cross-site request forgery: request headers, a token and what it is bound to enter, one verdict leaves. Fetch Metadata
//! (`Sec-Fetch-Site`), RFC 6454 and Fetch (`Origin`), OWASP's CSRF prevention cheat sheet (signed tokens bound to the session).

mod binding;
mod headers;
mod own_origins;
mod token;
mod verdict;

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method};
use secure_forms_core::origin::Origin;
use secure_forms_core::protocol;

pub use self::binding::{Binding, BindingError, CSRF_COOKIE, Visitor};
pub use self::headers::{Evidence, HeaderRefusal, HeaderVerdict};
pub use self::own_origins::OwnOrigins;
pub use self::token::CsrfError;
pub use self::verdict::{CsrfExempt, CsrfRefusal, CsrfVerdict};
use super::clock::Clock;
use super::cookie::{CookieError, Cookies, SignedCookies};
use crate::crypto::KeyRing;

/// The name of the form field that carries the token.
pub const CSRF_FIELD: &str = protocol::CSRF_FIELD;
/// The name of the request header in which a script may send the token instead.
pub const CSRF_HEADER: &str = protocol::CSRF_HEADER;

/// Protects state-changing requests against other sites, in three layers that must all pass: `Sec-Fetch-Site`, `Origin`, and a token
/// that only pages of this application hold. Stateless: every instance with the same keys accepts what another issued.
///
/// ```
/// use http::{HeaderMap, HeaderValue, Method};
/// use secure_forms::csrf::{Binding, Csrf, CsrfVerdict, OwnOrigins};
/// use secure_forms::session::SessionId;
/// use secure_forms::KeyRing;
///
/// let csrf = Csrf::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?);
/// let binding = Binding::session(&SessionId::generate());
/// let token = csrf.issue("profile", &binding);
///
/// let mut headers = HeaderMap::new();
/// headers.insert("origin", HeaderValue::from_static("https://app.example"));
/// assert_eq!(csrf.check(&Method::POST, &headers, Some(&token), "profile", &binding), CsrfVerdict::Pass);
///
/// headers.insert("origin", HeaderValue::from_static("https://evil.example"));
/// assert!(matches!(csrf.check(&Method::POST, &headers, Some(&token), "profile", &binding), CsrfVerdict::Refuse(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Security
/// Stops CWE-352, also from sibling hosts, from sandboxed frames (`Origin: null`) and with a token of another form, session or browser.
/// It does not stop a script that runs on a page of this origin. `GET`, `HEAD` and `OPTIONS` pass unchecked and must change nothing.
#[derive(Clone, Debug)]
pub struct Csrf {
    keys: KeyRing,
    own: OwnOrigins,
    listed: Arc<[Origin]>,
    ttl: Duration,
    clock: Clock,
}

impl Csrf {
    /// Tokens live for an hour; no origin but the own ones may post here.
    pub fn new(keys: KeyRing, own: OwnOrigins) -> Self {
        Self { keys, own, listed: Arc::new([]), ttl: Duration::from_secs(3600), clock: Clock::system() }
    }

    /// How long a token lives, in whole seconds.
    pub fn with_ttl(self, ttl: Duration) -> Self {
        Self { ttl, ..self }
    }

    /// Reads the time elsewhere, for tests.
    pub fn with_clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// Other origins whose pages may post here, such as one for accounts. They need a token all the same.
    pub fn with_listed_origins(self, origins: impl IntoIterator<Item = Origin>) -> Self {
        Self { listed: origins.into_iter().collect(), ..self }
    }

    /// The origins under which people reach this application.
    pub fn own_origins(&self) -> &OwnOrigins {
        &self.own
    }

    /// Layers 1 and 2, before the body is read.
    ///
    /// ```
    /// use http::{HeaderMap, Method};
    /// use secure_forms::KeyRing;
    /// use secure_forms::csrf::{Binding, Csrf, CsrfError, HeaderRefusal, HeaderVerdict, OwnOrigins};
    /// use secure_forms::session::VisitorId;
    ///
    /// let csrf = Csrf::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?)
    ///     .with_ttl(std::time::Duration::from_secs(600));
    /// let mut headers = HeaderMap::new();
    /// headers.insert("sec-fetch-site", "cross-site".parse()?);
    /// let HeaderVerdict::Refuse(why) = csrf.check_headers(&Method::POST, &headers) else { unreachable!() };
    /// let told: HeaderRefusal = why;
    /// eprintln!("refused: {told:?}");
    ///
    /// // Before the body is read, the token of a script is in a header.
    /// let token = Csrf::token_from_headers(&headers)?;
    /// assert_eq!(csrf.verify(token, "profile", &Binding::visitor(&VisitorId::generate())), Err(CsrfError::Missing));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check_headers(&self, method: &Method, headers: &HeaderMap) -> HeaderVerdict {
        headers::judge(method, headers, &self.own, &self.listed)
    }

    /// A token for one rendering of a form: 163 characters of base64url. Two tokens of one form share no part, so that compression does
    /// not give them away (BREACH).
    pub fn issue(&self, form: &str, binding: &Binding) -> String {
        token::issue(&self.keys, form, binding, self.clock.now())
    }

    /// Layer 3: whether this application issued the token, not too long ago, for this form and this session or visitor.
    ///
    /// # Errors
    /// [`CsrfError`] says what does not fit. An empty token counts as missing.
    pub fn verify(&self, token: Option<&str>, form: &str, binding: &Binding) -> Result<(), CsrfError> {
        token::verify(&self.keys, token, form, binding, self.clock.now(), self.ttl)
    }

    /// All layers at once, for a request whose token is at hand.
    pub fn check(
        &self,
        method: &Method,
        headers: &HeaderMap,
        token: Option<&str>,
        form: &str,
        binding: &Binding,
    ) -> CsrfVerdict {
        match self.check_headers(method, headers) {
            HeaderVerdict::Safe | HeaderVerdict::Exempt => CsrfVerdict::Pass,
            verdict @ (HeaderVerdict::GoOn(_) | HeaderVerdict::Refuse(_)) => {
                verdict.with_token(self.verify(token, form, binding))
            }
        }
    }

    /// The token in [`CSRF_HEADER`], if a script sent one.
    ///
    /// # Errors
    /// [`CsrfError::Malformed`] if the header is there twice or is not visible ASCII.
    pub fn token_from_headers(headers: &HeaderMap) -> Result<Option<&str>, CsrfError> {
        let mut lines = headers.get_all(CSRF_HEADER).iter();
        match (lines.next(), lines.next()) {
            (None, _) => Ok(None),
            (Some(line), None) => line.to_str().map(Some).map_err(|_| CsrfError::Malformed),
            (Some(_), Some(_)) => Err(CsrfError::Malformed),
        }
    }

    /// Who a signed-out request comes from: the visitor of its [`CSRF_COOKIE`], or a new one with the line that sets the cookie.
    ///
    /// # Errors
    /// [`CookieError`] if the cookie cannot be written.
    pub fn visitor(&self, cookies: &Cookies<'_>) -> Result<Visitor, CookieError> {
        let signed = SignedCookies::new(self.keys.clone()).with_clock(self.clock.clone());
        Visitor::read_or_new(&signed, cookies)
    }
}
