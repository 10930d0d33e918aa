//! What a token is bound to: a session, or the browser of someone who is not signed in.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use secure_forms_core::protocol;

use crate::session::cookie::{CookieError, CookieName, Cookies, SameSite, SetCookie, SignedCookies};
use crate::session::identity::{SessionId, VisitorId};

/// `__Host-csrf`: names a browser that is not signed in. `SameSite=Lax`, so that it comes along when a person follows a link to a form.
pub const CSRF_COOKIE: CookieName<VisitorId> = CookieName::new(protocol::CSRF_COOKIE)
    .same_site(SameSite::Lax)
    .until_browser_closes(Duration::from_secs(30 * 24 * 60 * 60));

/// The fewest characters of a session identifier of another library.
const MIN_FOREIGN_BYTES: usize = 16;

/// Whom a token is for. A token of one binding is worthless with another.
///
/// ```
/// use secure_forms::csrf::Binding;
/// use secure_forms::session::{SessionId, VisitorId};
///
/// let signed_in = Binding::session(&SessionId::generate());
/// let signed_out = Binding::visitor(&VisitorId::generate());
/// assert_eq!(format!("{signed_in:?} {signed_out:?}"), "Binding(Session) Binding(Visitor)");
/// ```
#[derive(Clone)]
pub struct Binding {
    kind: Kind,
    id: Box<str>,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Session,
    Visitor,
    Foreign,
}

impl Binding {
    /// The session of a signed-in person. Tokens end with it, because the next sign-in has another identifier.
    pub fn session(id: &SessionId) -> Self {
        Self { kind: Kind::Session, id: id.expose_text().into() }
    }

    /// The browser of someone who is not signed in: see [`Csrf::visitor`](crate::csrf::Csrf::visitor).
    pub fn visitor(id: &VisitorId) -> Self {
        Self { kind: Kind::Visitor, id: id.expose_text().into() }
    }

    /// The session of another library, by its unguessable identifier.
    ///
    /// ```
    /// use secure_forms::csrf::Binding;
    ///
    /// assert!(Binding::foreign_session("mF8tq1zJx0hVb4Yd9Ls2Qw").is_ok());
    /// assert!(Binding::foreign_session("").is_err());
    /// ```
    ///
    /// # Errors
    /// [`BindingError`] below 16 bytes: an empty or short identifier would make one token good for everyone.
    pub fn foreign_session(id: &str) -> Result<Self, BindingError> {
        if id.len() < MIN_FOREIGN_BYTES {
            return Err(BindingError { bytes: id.len() });
        }
        Ok(Self { kind: Kind::Foreign, id: id.into() })
    }

    /// The parts that go under the tag: the kind keeps a visitor's identifier from passing for a session's.
    pub(super) fn parts(&self) -> [&[u8]; 2] {
        let kind: &[u8] = match self.kind {
            Kind::Session => b"session",
            Kind::Visitor => b"visitor",
            Kind::Foreign => b"foreign",
        };
        [kind, self.id.as_bytes()]
    }
}

impl fmt::Debug for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Binding({:?})", self.kind)
    }
}

/// An identifier that is too short to be unguessable.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BindingError {
    /// How many bytes it has; at least 16 are needed.
    pub bytes: usize,
}

impl fmt::Display for BindingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a session identifier of {} bytes can be guessed; at least {MIN_FOREIGN_BYTES} are needed",
            self.bytes
        )
    }
}

impl Error for BindingError {}

/// Someone who is not signed in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Visitor {
    /// Names the browser.
    pub id: VisitorId,
    /// The line to send, if the browser has no good cookie yet or an older key signed it.
    pub set_cookie: Option<SetCookie>,
}

impl Visitor {
    pub(super) fn read_or_new(signed: &SignedCookies, cookies: &Cookies<'_>) -> Result<Self, CookieError> {
        if let Ok(Some(opened)) = signed.get(cookies, &CSRF_COOKIE) {
            let set_cookie = opened.reissue.then(|| signed.reissue(&CSRF_COOKIE, &opened)).transpose()?;
            return Ok(Self { id: opened.value, set_cookie });
        }
        let id = VisitorId::generate();
        Ok(Self { id, set_cookie: Some(signed.set(&CSRF_COOKIE, &id)?) })
    }

    /// What tokens of this visitor are bound to.
    pub fn binding(&self) -> Binding {
        Binding::visitor(&self.id)
    }
}
