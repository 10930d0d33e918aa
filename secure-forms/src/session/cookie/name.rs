//! The name of a cookie, the type of its value and its attributes, checked while compiling. RFC 6265bis, sections 4.1.2 and 4.1.3.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use secure_forms_core::protocol::{HOST_HTTP_PREFIX, HOST_PREFIX, HTTP_PREFIX};

use super::grammar::{self, CookieNameError};
use super::set_cookie::SetCookie;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A cookie: its name, the type `T` of its value, its attributes and how long this server accepts it.
///
/// Every cookie is `Secure` and has no `Domain`: only the host that set it receives it, and only over TLS (browsers count
/// `http://127.0.0.1` as safe). Unless said otherwise it is also `HttpOnly`, `SameSite=Strict`, `Path=/`, forgotten when the browser
/// closes, and refused after a day. Begin the name with `__Host-`, so that neither a sibling host nor plain HTTP can plant it.
///
/// ```
/// use std::time::Duration;
/// use secure_forms::cookie::{CookieName, SameSite};
///
/// const THEME: CookieName<String> = CookieName::new("__Host-theme").same_site(SameSite::Lax).max_age(Duration::from_secs(31_536_000));
/// assert_eq!(THEME.name(), "__Host-theme");
/// ```
///
/// What the prefix promises must hold, else the constant does not compile:
/// ```compile_fail
/// # use secure_forms::cookie::CookieName;
/// const THEME: CookieName<String> = CookieName::new("__Host-theme").path("/settings");
/// ```
///
/// ```
/// use std::time::Duration;
/// use secure_forms::cookie::{CookieName, CookieNameError};
///
/// // A setting that a script of the page reads, kept until the browser closes and no longer than a day.
/// const WIDTH: CookieName<u32> =
///     CookieName::new("__Host-width").readable_by_scripts().until_browser_closes(Duration::from_secs(86_400));
/// let named: Result<CookieName<u32>, CookieNameError> = CookieName::parse("two words");
/// assert!(named.is_err() && WIDTH.age_limit() == Duration::from_secs(86_400));
/// ```
///
/// # Security
/// Stops session fixation by planted cookies (CWE-384), reading by scripts (CWE-1004), sending over plain HTTP (CWE-614) and, through
/// the type of the value, secrets in readable cookies (CWE-315). A cookie without a prefix can be planted by a sibling host.
pub struct CookieName<T> {
    name: Cow<'static, str>,
    path: &'static str,
    same_site: SameSite,
    lifetime: Lifetime,
    scripts: Scripts,
    value: PhantomData<fn() -> T>,
}

/// When a browser sends the cookie with requests that other sites cause (RFC 6265bis, section 4.1.2.7).
///
/// ```
/// use secure_forms::cookie::{SameSite, Secure};
///
/// assert_eq!(SameSite::None(Secure).to_string(), "SameSite=None; Secure");
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SameSite {
    /// Never.
    Strict,
    /// When a person follows a link here.
    Lax,
    /// Always. Browsers drop such a cookie unless it is `Secure`, so the attribute is part of the value.
    None(Secure),
}

/// The `Secure` attribute: sent over TLS only.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Secure;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Lifetime {
    /// `Max-Age` tells the browser, and the server checks the same.
    MaxAge(Duration),
    /// Forgotten when the browser closes; the server refuses it after this time in any case.
    Session(Duration),
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Scripts {
    Blind,
    MayRead,
}

impl<T> CookieName<T> {
    /// A name that is known while compiling. Use it in a `const`: a wrong name is then a compile error.
    ///
    /// # Panics
    /// Outside a `const`, on a name that [`parse`](Self::parse) would refuse.
    #[expect(clippy::panic, reason = "in a `const` it is a compile error; for names of run time there is `parse`")]
    pub const fn new(name: &'static str) -> Self {
        match grammar::check(name.as_bytes()) {
            None => Self::unchecked(Cow::Borrowed(name)),
            Some(error) => panic!("{}", error.words()),
        }
    }

    /// A name that is known at run time only, such as one from a configuration file.
    ///
    /// ```
    /// use secure_forms::cookie::CookieName;
    ///
    /// assert!(CookieName::<String>::parse("theme").is_ok());
    /// assert!(CookieName::<String>::parse("the me").is_err());
    /// ```
    ///
    /// # Errors
    /// [`CookieNameError`] if it is not a token (RFC 9110, section 5.6.2) or spells a prefix in another case.
    pub fn parse(name: impl Into<Cow<'static, str>>) -> Result<Self, CookieNameError> {
        let name = name.into();
        match grammar::check(name.as_bytes()) {
            None => Ok(Self::unchecked(name)),
            Some(error) => Err(error),
        }
    }

    const fn unchecked(name: Cow<'static, str>) -> Self {
        Self {
            name,
            path: "/",
            same_site: SameSite::Strict,
            lifetime: Lifetime::Session(DAY),
            scripts: Scripts::Blind,
            value: PhantomData,
        }
    }

    /// When requests that other sites cause carry it; `Strict` unless said otherwise.
    pub const fn same_site(mut self, same_site: SameSite) -> Self {
        self.same_site = same_site;
        self
    }

    /// Kept over the end of the browser for this long, in whole seconds, and refused by the server afterwards. Browsers keep nothing
    /// for more than 400 days.
    pub const fn max_age(mut self, age: Duration) -> Self {
        self.lifetime = Lifetime::MaxAge(age);
        self
    }

    /// Forgotten when the browser closes (no `Max-Age`), and refused by the server once it is older than `limit`.
    pub const fn until_browser_closes(mut self, limit: Duration) -> Self {
        self.lifetime = Lifetime::Session(limit);
        self
    }

    /// Sent below this path only. Not a border: pages of one host can reach each other whatever their paths are.
    ///
    /// # Panics
    /// If the path does not begin with `/`, holds `;` or other than visible ASCII, or the name begins with `__Host-`, which promises
    /// `Path=/` (RFC 6265bis, section 4.1.3.2). In a `const` that is a compile error.
    pub const fn path(mut self, path: &'static str) -> Self {
        assert!(
            grammar::is_path(path.as_bytes()),
            "a cookie path begins with `/` and has only visible ASCII without `;`"
        );
        assert!(
            path.len() == 1 || !grammar::starts(self.name_bytes(), HOST_PREFIX.as_bytes()),
            "a `__Host-` cookie has `Path=/` (RFC 6265bis, section 4.1.3.2); use `__Secure-` for a narrower path"
        );
        self.path = path;
        self
    }

    /// Leaves `HttpOnly` out, for a value that the page's own scripts show, such as a theme.
    ///
    /// # Security
    /// An injected script can then read the value and send it elsewhere.
    ///
    /// # Panics
    /// If the name begins with `__Http-` or `__Host-Http-`, which promise `HttpOnly`. In a `const` that is a compile error.
    pub const fn readable_by_scripts(mut self) -> Self {
        assert!(
            !grammar::starts(self.name_bytes(), HTTP_PREFIX.as_bytes())
                && !grammar::starts(self.name_bytes(), HOST_HTTP_PREFIX.as_bytes()),
            "a `__Http-` cookie is `HttpOnly`; choose another prefix for a value that scripts read"
        );
        self.scripts = Scripts::MayRead;
        self
    }

    /// The name as it is sent.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How long the server accepts a value after it was issued.
    pub const fn age_limit(&self) -> Duration {
        match self.lifetime {
            Lifetime::MaxAge(limit) | Lifetime::Session(limit) => limit,
        }
    }

    /// The line that makes a browser forget the cookie.
    ///
    /// ```
    /// use secure_forms::cookie::CookieName;
    /// use http::HeaderValue;
    ///
    /// const THEME: CookieName<String> = CookieName::new("__Host-theme");
    /// let line = HeaderValue::from(THEME.deletion());
    /// assert_eq!(line, "__Host-theme=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    /// ```
    pub fn deletion(&self) -> SetCookie {
        SetCookie::new(&self.line("", Some(Duration::ZERO)))
    }

    /// The line that sets the cookie to `value`, which is already `age` old.
    pub(in crate::session) fn set(&self, value: &str, age: Duration) -> SetCookie {
        let left = match self.lifetime {
            Lifetime::MaxAge(limit) => Some(limit.saturating_sub(age)),
            Lifetime::Session(_) => None,
        };
        SetCookie::new(&self.line(value, left))
    }

    fn line(&self, value: &str, max_age: Option<Duration>) -> String {
        let Self { name, path, .. } = self;
        let secure = if matches!(self.same_site, SameSite::None(Secure)) { "" } else { "; Secure" };
        let http_only = if self.scripts == Scripts::Blind { "; HttpOnly" } else { "" };
        let mut line = format!("{name}={value}; Path={path}{secure}{http_only}; {}", self.same_site);
        if let Some(age) = max_age {
            line.push_str(&format!("; Max-Age={}", age.as_secs()));
        }
        line
    }

    const fn name_bytes(&self) -> &[u8] {
        match &self.name {
            Cow::Borrowed(name) => name.as_bytes(),
            Cow::Owned(name) => name.as_bytes(),
        }
    }
}

impl fmt::Display for SameSite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Strict => "SameSite=Strict",
            Self::Lax => "SameSite=Lax",
            Self::None(Secure) => "SameSite=None; Secure",
        })
    }
}

impl<T> Clone for CookieName<T> {
    fn clone(&self) -> Self {
        Self { name: self.name.clone(), value: PhantomData, ..*self }
    }
}

impl<T> fmt::Debug for CookieName<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CookieName({})", self.line("…", None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(name: &'static str) -> Option<CookieNameError> {
        CookieName::<String>::parse(name).err()
    }

    #[test]
    fn the_defaults_are_the_strictest() {
        const PLAIN: CookieName<String> = CookieName::new("__Host-id");
        assert_eq!(PLAIN.line("v", None), "__Host-id=v; Path=/; Secure; HttpOnly; SameSite=Strict");
    }

    #[test]
    fn each_attribute_is_written() {
        let name = CookieName::<String>::new("__Secure-a")
            .path("/x")
            .same_site(SameSite::None(Secure))
            .max_age(DAY)
            .readable_by_scripts();
        assert_eq!(name.line("v", Some(DAY)), "__Secure-a=v; Path=/x; SameSite=None; Secure; Max-Age=86400");
    }

    #[test]
    fn secure_is_written_exactly_once_whatever_the_site_rule() {
        for site in [SameSite::Strict, SameSite::Lax, SameSite::None(Secure)] {
            let line = CookieName::<String>::new("a").same_site(site).line("v", None);
            assert_eq!(line.matches("; Secure").count(), 1, "{line}");
        }
    }

    #[test]
    fn names_are_tokens() {
        assert_eq!(refused(""), Some(CookieNameError::Empty));
        for name in ["a b", "a=b", "a;b", "a,b", "\"a\"", "é", "a\n", "a/b"] {
            assert_eq!(refused(name), Some(CookieNameError::NotAToken), "{name}");
        }
        for name in ["session", "__Host-session", "__Secure-x", "__Http-x", "__Host-Http-x", "_a.b~|`^", "__Hos"] {
            assert_eq!(refused(name), None, "{name}");
        }
    }

    #[test]
    fn a_prefix_in_another_case_is_refused() {
        for name in ["__host-a", "__HOST-a", "__secure-a", "__http-a", "__Host-http-a"] {
            assert_eq!(refused(name), Some(CookieNameError::PrefixCase), "{name}");
        }
    }
}
