//! Listed origins: an origin from the configuration enters once and is checked; at run time a target enters and the listed
//! origin's own text leaves, with the path by the redirect rule. URL Standard, section 4.7 (origin); no URL or IDNA parser runs.

use std::borrow::Cow;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::redirect::{MAX_BYTES, Refusal, redirect};

/// What is wrong with an origin of the configuration.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum OriginProblem {
    /// It does not start with `http://` or `https://`.
    Scheme,
    /// There is an `@`.
    UserInfo,
    /// There is something behind host and port.
    Path,
    /// A `*`: every host is listed by its own name.
    Wildcard,
    /// Not ASCII: write the `xn--` form.
    NotAscii,
    /// An upper-case letter: browsers send hosts in lower case.
    UpperCase,
    /// Not a host name, an IPv4 address in four decimal parts, or an IPv6 address in its shortest form.
    Host,
    /// Not a port from 1 to 65535 without leading zeros, or the scheme's own (which browsers leave out).
    Port,
}

impl fmt::Display for OriginProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => "an origin starts with `http://` or `https://`",
            Self::UserInfo => "an origin holds no user name or password",
            Self::Path => "an origin ends behind its host and port",
            Self::Wildcard => "an origin holds no wildcard; list every host",
            Self::NotAscii => "an origin is ASCII; write the `xn--` form of the host",
            Self::UpperCase => "an origin is in lower case",
            Self::Host => "the host is not a host name or an IP address in its usual form",
            Self::Port => "the port is not a number from 1 to 65535, or it is the scheme's own and must be left out",
        })
    }
}

impl std::error::Error for OriginProblem {}

/// Checks an origin of the configuration, `https://host` or `https://host:port`, in the form in which browsers send it.
///
/// ```
/// use secure_forms_core::path::{OriginProblem, check_origin};
/// assert_eq!(check_origin("https://id.example:8443"), Ok(()));
/// assert_eq!(check_origin("https://*.example"), Err(OriginProblem::Wildcard));
/// ```
///
/// # Errors
/// [`OriginProblem`] names the first part that is not as it must be.
pub fn check_origin(origin: &str) -> Result<(), OriginProblem> {
    let (authority, own_port) = match (origin.strip_prefix("https://"), origin.strip_prefix("http://")) {
        (Some(authority), _) => (authority, "443"),
        (_, Some(authority)) => (authority, "80"),
        _ => return Err(OriginProblem::Scheme),
    };
    for byte in authority.bytes() {
        match byte {
            b'@' => return Err(OriginProblem::UserInfo),
            b'/' | b'?' | b'#' | b'\\' => return Err(OriginProblem::Path),
            b'*' => return Err(OriginProblem::Wildcard),
            0x80.. => return Err(OriginProblem::NotAscii),
            b'A'..=b'Z' => return Err(OriginProblem::UpperCase),
            _ => {}
        }
    }
    let port_at = authority.rfind(':').filter(|colon| !authority[*colon..].contains(']'));
    let (host, port) = match port_at {
        Some(colon) => (&authority[..colon], Some(&authority[colon + 1..])),
        None => (authority, None),
    };
    if !is_host(host) {
        return Err(OriginProblem::Host);
    }
    match port {
        Some(port) if port == own_port || !is_port(port) => Err(OriginProblem::Port),
        _ => Ok(()),
    }
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().is_ok_and(|parsed| parsed.to_string() == address && !address.contains('.'));
    }
    let last = host.rsplit('.').next().unwrap_or(host);
    // URL Standard, 3.5: a host that ends in a number is an IPv4 address.
    if last.starts_with("0x") || last.bytes().all(|byte| byte.is_ascii_digit()) {
        return host.parse::<Ipv4Addr>().is_ok();
    }
    host.len() <= 253 && host.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    matches!(label.len(), 1..=63)
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
}

fn is_port(port: &str) -> bool {
    port.parse::<u16>().is_ok_and(|number| number > 0 && number.to_string() == port)
}

/// The redirect rule with a list of allowed origins beside this site: paths go by [`redirect`], absolute targets must begin with a
/// listed origin, byte for byte, and their path goes by the same rule.
///
/// ```
/// use secure_forms_core::path::{Refusal, listed_redirect};
/// let listed = ["https://id.example"];
/// assert_eq!(listed_redirect("https://id.example/done", &listed).as_deref(), Ok("https://id.example/done"));
/// assert_eq!(listed_redirect("/home", &listed).as_deref(), Ok("/home"));
/// assert_eq!(listed_redirect("https://id.example.evil.test/", &listed), Err(Refusal::UnlistedOrigin));
/// ```
///
/// # Errors
/// [`Refusal`], with [`Refusal::UnlistedOrigin`] for an absolute target that no listed origin begins.
///
/// # Security
/// The origin that leaves is the list's own text, so nothing that two parsers could read in two ways ever reaches a browser.
pub fn listed_redirect<'t>(text: &'t str, origins: &[impl AsRef<str>]) -> Result<Cow<'t, str>, Refusal> {
    if text.is_empty() || text.starts_with('/') {
        return redirect(text);
    }
    if text.len() > MAX_BYTES {
        return Err(Refusal::TooLong { bytes: text.len() });
    }
    let (origin, rest) = origins
        .iter()
        .map(AsRef::as_ref)
        .filter(|origin| check_origin(origin).is_ok())
        .find_map(|origin| Some((origin, text.strip_prefix(origin).filter(|rest| ends_origin(rest))?)))
        .ok_or(Refusal::UnlistedOrigin)?;
    // `https://host?x` is `https://host/?x` to a browser; older parsers look for the host behind the `?`.
    let slash = if rest.starts_with('/') { "" } else { "/" };
    let path = format!("{slash}{rest}");
    let emitted = format!("{origin}{}", redirect(&path)?);
    if emitted.len() > MAX_BYTES {
        return Err(Refusal::TooLong { bytes: emitted.len() });
    }
    Ok(Cow::Owned(emitted))
}

fn ends_origin(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['/', '?', '#'])
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTED: [&str; 3] = ["https://a.example", "http://127.0.0.1:8080", "https://xn--bcher-kva.example"];

    #[test]
    fn listed_origins_are_emitted_with_their_path_by_the_rule() {
        for (text, emitted) in [
            ("https://a.example", "https://a.example/"),
            ("https://a.example/x/../y?z#w", "https://a.example/y?z#w"),
            ("https://a.example?q=é", "https://a.example/?q=%C3%A9"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/"),
            ("https://xn--bcher-kva.example/é", "https://xn--bcher-kva.example/%C3%A9"),
        ] {
            assert_eq!(listed_redirect(text, &LISTED).as_deref(), Ok(emitted), "{text}");
            assert_eq!(listed_redirect(emitted, &LISTED).as_deref(), Ok(emitted), "{emitted}");
        }
    }

    #[test]
    fn whatever_only_resembles_a_listed_origin_is_refused() {
        for text in [
            "http://a.example/",
            "HTTPS://a.example/",
            "https://A.example/",
            "https://a.example.evil.test/",
            "https://a.example@evil.test/",
            "https://a.example:443/",
            "https://a.example:8443/",
            "https://a.example\\@evil.test/",
            "https://user@a.example/",
            "https:a.example/",
            "https:///a.example/",
            "https://bücher.example/",
            "https://a.example./",
            "http://127.0.0.1:80800/",
        ] {
            assert_eq!(listed_redirect(text, &LISTED), Err(Refusal::UnlistedOrigin), "{text}");
        }
    }

    #[test]
    fn a_listed_origin_does_not_excuse_a_bad_path() {
        assert_eq!(listed_redirect("https://a.example//x", &LISTED), Err(Refusal::OtherHost));
        assert_eq!(listed_redirect("https://a.example/\r\nX:1", &LISTED), Err(Refusal::Control));
        assert_eq!(listed_redirect("//a.example/", &LISTED), Err(Refusal::OtherHost));
    }

    #[test]
    fn an_origin_of_the_configuration_is_in_the_form_that_browsers_send() {
        for origin in [
            "https://a.example",
            "http://localhost:3000",
            "https://[::1]:8443",
            "http://10.0.0.1",
            "https://a_b.example",
        ] {
            assert_eq!(check_origin(origin), Ok(()), "{origin}");
        }
        for (origin, problem) in [
            ("ftp://a.example", OriginProblem::Scheme),
            ("//a.example", OriginProblem::Scheme),
            ("https://u@a.example", OriginProblem::UserInfo),
            ("https://a.example/", OriginProblem::Path),
            ("https://*.a.example", OriginProblem::Wildcard),
            ("https://bücher.example", OriginProblem::NotAscii),
            ("https://A.example", OriginProblem::UpperCase),
            ("https://", OriginProblem::Host),
            ("https://a..b", OriginProblem::Host),
            ("https://1.2.3", OriginProblem::Host),
            ("https://0x7f.1", OriginProblem::Host),
            ("https://[0:0::1]", OriginProblem::Host),
            ("https://a.example:443", OriginProblem::Port),
            ("https://a.example:0", OriginProblem::Port),
            ("https://a.example:", OriginProblem::Port),
            ("https://a.example:08443", OriginProblem::Port),
            ("https://a.example:99999", OriginProblem::Port),
        ] {
            assert_eq!(check_origin(origin), Err(problem), "{origin}");
        }
    }
}
