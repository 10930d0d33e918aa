//! Whether a request is addressed to this site: its host, its scheme and the configured origins enter; nothing, or why it is not answered
//! here, leaves. RFC 9112, section 3.2 (`Host`); RFC 9113, section 8.3.1 (`:authority`); RFC 9110, sections 15.4 and 15.5.20.

use std::fmt;

use http::header::{FORWARDED, HOST};
use http::uri::Authority;
use http::{HeaderValue, Method, Request, StatusCode, Version};
use secure_forms_core::origin::Origin;
use secure_forms_core::protocol;

use crate::request::Transport;
use crate::session::OwnOrigins;

/// Refuses requests that are not addressed to this site, or that came over plain HTTP where it has HTTPS.
///
/// ```
/// use http::Request;
/// use secure_forms::csrf::OwnOrigins;
/// use secure_forms::guard::OwnOriginGate;
///
/// let gate = OwnOriginGate::new(OwnOrigins::parse("http://127.0.0.1:8080")?);
/// let to = |host| Request::get("/").header("host", host).body(()).unwrap();
/// assert!(gate.check(&to("127.0.0.1:8080")).is_ok());
/// assert!(gate.check(&to("evil.example")).is_err());
/// # Ok::<(), secure_forms::redirect::OriginError>(())
/// ```
///
/// # Security
/// Stops DNS rebinding (CWE-350) and links that are built from a forged `Host` (CWE-644).
#[derive(Clone, Debug)]
pub struct OwnOriginGate {
    pub(crate) own: OwnOrigins,
    pub(crate) any_host: bool,
    pub(crate) plain_http: bool,
}

/// Why a request is not answered here.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Misdirected {
    /// It names no host, more than one, or text that is none.
    NoHost,
    /// It names a host that is not one of the own origins'.
    ForeignHost,
    /// It came over plain HTTP and asks for something: it is sent to the same address over HTTPS.
    PlainHttp {
        /// 301 for GET and HEAD, 308 for the other methods that only read.
        status: StatusCode,
        /// The address, on an origin of the configuration.
        location: HeaderValue,
    },
    /// It came over plain HTTP and carries something, which others may have read on its way.
    ReadByOthers,
}

impl Misdirected {
    /// The status of the answer.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NoHost => StatusCode::BAD_REQUEST,
            Self::ForeignHost => StatusCode::MISDIRECTED_REQUEST,
            Self::PlainHttp { status, .. } => *status,
            Self::ReadByOthers => StatusCode::FORBIDDEN,
        }
    }
}

impl fmt::Display for Misdirected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoHost => "The request must name one host, and names none, several, or something else.",
            Self::ForeignHost => "This server does not answer for the host of this address.",
            Self::PlainHttp { .. } => "This site is reached over HTTPS only.",
            Self::ReadByOthers => {
                "Nothing was done. This site is reached over HTTPS only, and this came over plain HTTP, which everybody on the way \
                 can read: what it carried must count as read by others. If that was a password, change it."
            }
        })
    }
}

impl std::error::Error for Misdirected {}

impl OwnOriginGate {
    /// Answers for these origins alone. What a request arrived over is the [`Transport`] in its extensions.
    #[must_use]
    pub fn new(own: OwnOrigins) -> Self {
        Self { own, any_host: false, plain_http: false }
    }

    /// Lets a request go on.
    ///
    /// # Errors
    /// Why it is not answered here.
    pub fn check<B>(&self, request: &Request<B>) -> Result<(), Misdirected> {
        let authority = authority(request).ok_or(Misdirected::NoHost)?;
        let host = authority.host();
        let is_own = |origin: &&Origin| origin.host().eq_ignore_ascii_case(host);
        if !self.any_host && !self.own.iter().any(|origin| is_own(&origin)) {
            return Err(Misdirected::ForeignHost);
        }
        let transport = request.extensions().get().copied().unwrap_or(Transport::Plain);
        match self.own.iter().filter(is_own).find(|origin| origin.is_https()) {
            Some(origin) if transport == Transport::Plain && !self.plain_http => Err(over_https(request, origin)),
            _ => Ok(()),
        }
    }
}

/// The one host that the request names, with its port. HTTP/1 says it in one `Host` line, also beside an absolute target; HTTP/2 in
/// `:authority`, which servers pass on as the target's. Where both are there they are equal.
fn authority<B>(request: &Request<B>) -> Option<Authority> {
    let mut lines = request.headers().get_all(HOST).iter();
    let line = match (lines.next(), lines.next()) {
        (Some(line), None) => Some(Authority::try_from(line.as_bytes()).ok()?),
        (None, _) if request.version() == Version::HTTP_11 => return None,
        (None, _) => None,
        (Some(_), Some(_)) => return None,
    };
    let target = request.uri().authority().cloned();
    let authority = match (target, line) {
        (Some(target), Some(line)) if target != line => return None,
        (target, line) => target.or(line)?,
    };
    // Names of users are no part of `Host`, and their `@` has led many a reader to the wrong host. `Authority` lets any port pass.
    let port = authority.as_str().strip_prefix(authority.host())?;
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    (port.is_empty() || port.strip_prefix(':').is_some_and(is_port)).then_some(authority)
}

/// The answer to a request over plain HTTP. What only reads may go on elsewhere; the rest was sent in the clear, and a redirect would
/// hide that from the person who sent it.
fn over_https<B>(request: &Request<B>, origin: &Origin) -> Misdirected {
    tell_of_unknown_proxy(request);
    let status = match *request.method() {
        Method::GET | Method::HEAD => StatusCode::MOVED_PERMANENTLY,
        Method::OPTIONS | Method::TRACE => StatusCode::PERMANENT_REDIRECT,
        _ => return Misdirected::ReadByOthers,
    };
    // `OPTIONS *` has no path.
    let path = request.uri().path_and_query().map(|target| target.as_str()).filter(|path| path.starts_with('/'));
    match HeaderValue::try_from(format!("{origin}{}", path.unwrap_or("/"))) {
        Ok(location) => Misdirected::PlainHttp { status, location },
        Err(_) => Misdirected::NoHost,
    }
}

/// Behind a proxy that ends TLS and is not named, every request is redirected to where it came from: said once, because a browser shows
/// no more than "too many redirects".
fn tell_of_unknown_proxy<B>(request: &Request<B>) {
    static TOLD: std::sync::Once = std::sync::Once::new();
    let headers = request.headers();
    if headers.contains_key(protocol::X_FORWARDED_PROTO) || headers.contains_key(FORWARDED) {
        TOLD.call_once(|| {
            eprintln!(
                "secure-forms: a request over plain HTTP says that it came through a proxy; if that proxy ends TLS, name it in the policy \
                 of `ConnectionLayer`"
            );
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://app.example, https://other.example:8443, http://127.0.0.1:8080";

    fn gate() -> OwnOriginGate {
        OwnOriginGate { own: OwnOrigins::parse(OWN).unwrap(), any_host: false, plain_http: false }
    }

    fn request(version: Version, target: &str, hosts: &[&str]) -> Request<()> {
        let mut request = Request::get(target).version(version).extension(Transport::Tls);
        for host in hosts {
            request = request.header(HOST, *host);
        }
        request.body(()).unwrap()
    }

    fn over_tls(hosts: &[&str]) -> Result<(), Misdirected> {
        gate().check(&request(Version::HTTP_11, "/", hosts))
    }

    #[test]
    fn the_own_hosts_go_on_with_any_port_and_in_any_case() {
        for host in [
            "app.example",
            "APP.example",
            "app.example:443",
            "app.example:8080",
            "other.example",
            "127.0.0.1:8080",
            "[::1]:1",
            "localhost",
        ] {
            assert_eq!(over_tls(&[host]), Ok(()), "{host}");
        }
    }

    #[test]
    fn another_host_is_misdirected() {
        for host in
            ["evil.example", "app.example.evil.example", "xapp.example", "app.example.", "10.0.0.1", "[::2]", "example"]
        {
            assert_eq!(over_tls(&[host]), Err(Misdirected::ForeignHost), "{host}");
        }
    }

    #[test]
    fn no_host_two_hosts_and_nonsense_are_bad_requests() {
        for hosts in [
            &[][..],
            &["app.example", "app.example"],
            &["app.example", "evil.example"],
            &[""],
            &["app.example evil.example"],
            &["app.example, evil.example"],
            &["app.example@evil.example"],
            &["evil.example@app.example"],
            &["app.example/x"],
            &["app.example:x"],
            &["http://app.example"],
        ] {
            assert_eq!(over_tls(hosts), Err(Misdirected::NoHost), "{hosts:?}");
        }
    }

    #[test]
    fn the_target_and_the_line_agree() {
        let check = |version, target: &str, hosts: &[&str]| gate().check(&request(version, target, hosts));
        assert_eq!(check(Version::HTTP_2, "https://app.example/", &[]), Ok(()));
        assert_eq!(check(Version::HTTP_2, "https://app.example/", &["app.example"]), Ok(()));
        assert_eq!(check(Version::HTTP_11, "http://app.example/", &["app.example"]), Ok(()));
        assert_eq!(check(Version::HTTP_2, "https://evil.example/", &[]), Err(Misdirected::ForeignHost));
        for (version, target, hosts) in [
            (Version::HTTP_11, "http://app.example/", &[][..]),
            (Version::HTTP_11, "http://app.example/", &["evil.example"]),
            (Version::HTTP_2, "https://evil.example/", &["app.example"]),
            (Version::HTTP_2, "/", &[]),
            (Version::HTTP_10, "/", &[]),
        ] {
            assert_eq!(check(version, target, hosts), Err(Misdirected::NoHost), "{version:?} {target} {hosts:?}");
        }
    }

    fn over_http(method: Method, host: &str, target: &str) -> Result<(), Misdirected> {
        gate().check(&Request::builder().method(method).uri(target).header(HOST, host).body(()).unwrap())
    }

    #[test]
    fn what_only_reads_is_sent_to_the_same_address_of_the_configured_origin() {
        for (method, status) in [(Method::GET, 301), (Method::HEAD, 301), (Method::OPTIONS, 308), (Method::TRACE, 308)]
        {
            for (host, target, to) in [
                ("app.example", "/", "https://app.example/"),
                ("APP.EXAMPLE:80", "/a%2F?b=c&d", "https://app.example/a%2F?b=c&d"),
                ("other.example:8080", "//evil.example", "https://other.example:8443//evil.example"),
                ("app.example", "*", "https://app.example/"),
            ] {
                let location = HeaderValue::from_str(to).unwrap();
                let expected = Misdirected::PlainHttp { status: StatusCode::from_u16(status).unwrap(), location };
                assert_eq!(over_http(method.clone(), host, target), Err(expected), "{method} {host} {target}");
            }
        }
    }

    #[test]
    fn what_carries_something_is_refused_and_not_redirected() {
        for method in ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "get"] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            assert_eq!(over_http(method.clone(), "app.example", "/login"), Err(Misdirected::ReadByOthers), "{method}");
        }
        assert!(Misdirected::ReadByOthers.to_string().contains("read by others"));
    }

    #[test]
    fn an_origin_of_plain_http_is_not_redirected() {
        assert_eq!(over_http(Method::POST, "127.0.0.1:8080", "/login"), Ok(()));
    }
}
