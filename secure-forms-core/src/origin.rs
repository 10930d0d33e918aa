//! Origins: text of the configuration enters, the one spelling that browsers send leaves. RFC 6454, section 6.2; URL Standard, section
//! 4.7. No URL or IDNA parser runs.

use std::error::Error;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// Scheme, host and port, spelled as browsers spell them in `Origin`: lower case, without a default port.
///
/// ```
/// use secure_forms_core::origin::Origin;
///
/// assert_eq!(Origin::parse("HTTPS://App.Example:443")?.as_str(), "https://app.example");
/// assert!(Origin::parse("https://app.example/path").is_err());
/// # Ok::<(), secure_forms_core::origin::OriginError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Origin(Box<str>);

impl Origin {
    /// Reads `http://` or `https://`, a host (a name in ASCII, so `xn--` for others, an IPv4 address or an IPv6 address in brackets) and
    /// an optional port.
    ///
    /// # Errors
    /// [`OriginError`] says which part is wrong. Wildcards, user names and paths are.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let (scheme, rest) = text.split_once("://").ok_or(OriginError::Scheme)?;
        let (scheme, default_port) = match scheme.to_ascii_lowercase().as_str() {
            "https" => ("https", 443),
            "http" => ("http", 80),
            _ => return Err(OriginError::Scheme),
        };
        rest.bytes().try_for_each(no_other_part)?;
        let (host, port) = split_port(rest)?;
        let host = canonical_host(host).ok_or(OriginError::Host)?;
        Ok(Self(match port.filter(|port| *port != default_port) {
            Some(port) => format!("{scheme}://{host}:{port}").into(),
            None => format!("{scheme}://{host}").into(),
        }))
    }

    /// Reads an origin that is written as browsers send it, and in no other way: for lists that are compared with what people see.
    ///
    /// ```
    /// use secure_forms_core::origin::{Origin, OriginError};
    /// assert_eq!(Origin::exact("https://id.example:8443")?.as_str(), "https://id.example:8443");
    /// assert_eq!(Origin::exact("https://ID.example"), Err(OriginError::UpperCase));
    /// # Ok::<(), OriginError>(())
    /// ```
    ///
    /// # Errors
    /// [`OriginError`]: as of [`Origin::parse`], and for the first part that is spelled in another way.
    pub fn exact(text: &str) -> Result<Self, OriginError> {
        let origin = Self::parse(text)?;
        if origin.as_str() == text {
            return Ok(origin);
        }
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(OriginError::UpperCase);
        }
        let is_same_host = text.split_once("://").is_some_and(|(_, rest)| host_end(rest).0 == origin.host());
        Err(if is_same_host { OriginError::Port } else { OriginError::Host })
    }

    /// The names of this machine's loopback interface with a port: `http://127.0.0.1`, `http://[::1]` and `http://localhost`.
    ///
    /// ```
    /// assert_eq!(secure_forms_core::origin::Origin::loopback(8080)[1].as_str(), "http://[::1]:8080");
    /// ```
    pub fn loopback(port: u16) -> [Self; 3] {
        let port = if port == 80 { String::new() } else { format!(":{port}") };
        LOOPBACK.map(|host| Self(format!("http://{host}{port}").into()))
    }

    /// All names of this origin: itself, or the three of the loopback interface where it is one of them.
    ///
    /// ```
    /// use secure_forms_core::origin::Origin;
    /// assert_eq!(Origin::parse("http://localhost")?.with_loopback_names().len(), 3);
    /// assert_eq!(Origin::parse("https://app.example")?.with_loopback_names().len(), 1);
    /// # Ok::<(), secure_forms_core::origin::OriginError>(())
    /// ```
    pub fn with_loopback_names(self) -> Vec<Self> {
        match self.parts() {
            Some((scheme, host, port)) if LOOPBACK.contains(&host) => {
                LOOPBACK.iter().map(|name| Self(format!("{scheme}://{name}{port}").into())).collect()
            }
            _ => vec![self],
        }
    }

    /// The origin as browsers send it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, without its port; an IPv6 address stands in brackets.
    ///
    /// ```
    /// # use secure_forms_core::origin::Origin;
    /// assert_eq!(Origin::parse("http://[::1]:8080")?.host(), "[::1]");
    /// # Ok::<(), secure_forms_core::origin::OriginError>(())
    /// ```
    pub fn host(&self) -> &str {
        self.parts().map_or("", |(_, host, _)| host)
    }

    /// Whether it is reached over TLS.
    ///
    /// ```
    /// # use secure_forms_core::origin::Origin;
    /// assert!(Origin::parse("https://app.example")?.is_https());
    /// # Ok::<(), secure_forms_core::origin::OriginError>(())
    /// ```
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    fn parts(&self) -> Option<(&str, &str, &str)> {
        let (scheme, rest) = self.0.split_once("://")?;
        let (host, port) = host_end(rest);
        Some((scheme, host, port))
    }
}

const LOOPBACK: [&str; 3] = ["127.0.0.1", "[::1]", "localhost"];

/// What a URL may have beside an origin has its own message.
const fn no_other_part(byte: u8) -> Result<(), OriginError> {
    match byte {
        b'@' => Err(OriginError::UserInfo),
        b'/' | b'?' | b'#' | b'\\' => Err(OriginError::Path),
        b'*' => Err(OriginError::Wildcard),
        0x80.. => Err(OriginError::NotAscii),
        _ => Ok(()),
    }
}

/// The host, and the port with its colon.
fn host_end(rest: &str) -> (&str, &str) {
    let end = if rest.starts_with('[') {
        rest.find(']').map_or(rest.len(), |at| at + 1)
    } else {
        rest.find(':').unwrap_or(rest.len())
    };
    rest.split_at(end)
}

fn split_port(rest: &str) -> Result<(&str, Option<u16>), OriginError> {
    let (host, port) = host_end(rest);
    if port.is_empty() {
        return Ok((host, None));
    }
    let digits = port.strip_prefix(':').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let port = digits.and_then(|digits| digits.parse().ok()).filter(|port| *port != 0).ok_or(OriginError::Port)?;
    Ok((host, Some(port)))
}

fn canonical_host(host: &str) -> Option<String> {
    if let Some(address) = host.strip_prefix('[') {
        let address = Ipv6Addr::from_str(address.strip_suffix(']')?).ok()?;
        let text = address.to_string();
        // Browsers write all eight groups in hexadecimal; only addresses that embed IPv4 come out differently here.
        return (!text.contains('.')).then(|| format!("[{text}]"));
    }
    let host = host.to_ascii_lowercase();
    let labels_are_good = host.split('.').all(is_label);
    let last = host.rsplit('.').next()?;
    // A host that ends in a number is an IPv4 address (URL Standard, 3.5), and browsers send it in the usual form.
    let is_address = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x");
    (host.len() <= 253 && labels_are_good && (!is_address || Ipv4Addr::from_str(&host).is_ok())).then_some(host)
}

fn is_label(label: &str) -> bool {
    let ends_are_good = !label.starts_with('-') && !label.ends_with('-');
    let bytes_are_good = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    (1..=63).contains(&label.len()) && ends_are_good && bytes_are_good
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        Self::parse(text)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why text is not an origin.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum OriginError {
    /// The list is empty.
    None,
    /// It does not begin with `http://` or `https://`.
    Scheme,
    /// There is an `@`.
    UserInfo,
    /// There is something behind host and port.
    Path,
    /// A `*`: every host is listed by its own name.
    Wildcard,
    /// Not ASCII: write the `xn--` form.
    NotAscii,
    /// An upper-case letter, where the spelling must be that of browsers.
    UpperCase,
    /// The host is not a name, an IPv4 address in four decimal parts, or an IPv6 address in brackets (where the spelling must be that of
    /// browsers: in its shortest form).
    Host,
    /// The port is not a number of 1 to 65535 (where the spelling must be that of browsers: without leading zeros, and not the
    /// scheme's own, which they leave out).
    Port,
}

impl fmt::Display for OriginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "there is no origin; write it as `https://app.example`",
            Self::Scheme => "an origin begins with `http://` or `https://`",
            Self::UserInfo => "an origin holds no user name or password",
            Self::Path => "an origin ends behind its host and port, as in `https://app.example`",
            Self::Wildcard => "an origin holds no wildcard; list every host",
            Self::NotAscii => "an origin is ASCII; write the `xn--` form of the host",
            Self::UpperCase => "an origin is in lower case",
            Self::Host => {
                "the host of an origin is a name or an IP address in its usual form, as in `https://app.example`"
            }
            Self::Port => "the port of an origin is a number of 1 to 65535, and left out where it is the scheme's own",
        })
    }
}

impl Error for OriginError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_spelled_as_browsers_spell_it() {
        for (text, spelled) in [
            ("https://app.example", "https://app.example"),
            ("HTTP://APP.example:80", "http://app.example"),
            ("https://app.example:8443", "https://app.example:8443"),
            ("http://[0:0:0:0:0:0:0:1]:3000", "http://[::1]:3000"),
            ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
            ("http://192.0.2.1:0080", "http://192.0.2.1"),
        ] {
            assert_eq!(Origin::parse(text).as_ref().map(Origin::as_str), Ok(spelled), "{text}");
            assert!(Origin::exact(spelled).is_ok(), "{spelled}");
        }
    }

    #[test]
    fn what_is_more_or_less_than_an_origin_is_refused() {
        for (text, error) in [
            ("app.example", OriginError::Scheme),
            ("ftp://app.example", OriginError::Scheme),
            ("//a.example", OriginError::Scheme),
            ("null", OriginError::Scheme),
            ("https://", OriginError::Host),
            ("https://app.example/", OriginError::Path),
            ("https://app.example?x", OriginError::Path),
            ("https://app.example\\x", OriginError::Path),
            ("https://*.example", OriginError::Wildcard),
            ("https://user@app.example", OriginError::UserInfo),
            ("https://user:pw@app.example", OriginError::UserInfo),
            ("https://bücher.example", OriginError::NotAscii),
            ("https://a..example", OriginError::Host),
            ("https://127.1", OriginError::Host),
            ("https://1.2.3", OriginError::Host),
            ("https://0x7f.1", OriginError::Host),
            ("https://[::1", OriginError::Host),
            ("https://app.example:", OriginError::Port),
            ("https://app.example:0", OriginError::Port),
            ("https://app.example:65536", OriginError::Port),
            ("https://app.example:+80", OriginError::Port),
            ("https://app.example:80/x", OriginError::Path),
            ("https://[::1]x", OriginError::Port),
        ] {
            assert_eq!(Origin::parse(text), Err(error), "{text}");
            assert_eq!(Origin::exact(text), Err(error), "{text}");
        }
    }

    #[test]
    fn an_exact_origin_is_in_the_form_that_browsers_send() {
        for origin in [
            "https://a.example",
            "http://localhost:3000",
            "https://[::1]:8443",
            "http://10.0.0.1",
            "https://a_b.example",
        ] {
            assert_eq!(Origin::exact(origin).as_ref().map(Origin::as_str), Ok(origin));
        }
        for (origin, problem) in [
            ("https://A.example", OriginError::UpperCase),
            ("HTTPS://a.example", OriginError::UpperCase),
            ("https://[0:0::1]", OriginError::Host),
            ("https://a.example:443", OriginError::Port),
            ("http://a.example:80", OriginError::Port),
            ("https://a.example:08443", OriginError::Port),
        ] {
            assert_eq!(Origin::exact(origin), Err(problem), "{origin}");
        }
    }
}
