//! Origins of configuration: text enters, the one spelling that browsers send leaves. RFC 6454, section 6.2.

use std::error::Error;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;
use std::sync::Arc;

/// Scheme, host and port, spelled as browsers spell them in `Origin`: lower case, without a default port.
///
/// ```
/// use secure_forms::Origin;
///
/// assert_eq!(Origin::parse("HTTPS://App.Example:443")?.as_str(), "https://app.example");
/// assert!(Origin::parse("https://app.example/path").is_err());
/// # Ok::<(), secure_forms::OriginError>(())
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
        let (host, port) = split_port(rest)?;
        let host = canonical_host(host).ok_or(OriginError::Host)?;
        Ok(Self(match port.filter(|port| *port != default_port) {
            Some(port) => format!("{scheme}://{host}:{port}").into(),
            None => format!("{scheme}://{host}").into(),
        }))
    }

    /// The origin as browsers send it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, without its port; an IPv6 address stands in brackets.
    ///
    /// ```
    /// # use secure_forms::Origin;
    /// assert_eq!(Origin::parse("http://[::1]:8080")?.host(), "[::1]");
    /// # Ok::<(), secure_forms::OriginError>(())
    /// ```
    pub fn host(&self) -> &str {
        self.parts().map_or("", |(_, host, _)| host)
    }

    /// Whether it is reached over TLS.
    ///
    /// ```
    /// # use secure_forms::Origin;
    /// assert!(Origin::parse("https://app.example")?.is_https());
    /// # Ok::<(), secure_forms::OriginError>(())
    /// ```
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    fn parts(&self) -> Option<(&str, &str, &str)> {
        let (scheme, rest) = self.0.split_once("://")?;
        let end = if rest.starts_with('[') { rest.find(']')? + 1 } else { rest.find(':').unwrap_or(rest.len()) };
        let (host, port) = rest.split_at_checked(end)?;
        Some((scheme, host, port))
    }
}

fn split_port(rest: &str) -> Result<(&str, Option<u16>), OriginError> {
    let end = if rest.starts_with('[') {
        rest.find(']').map_or(rest.len(), |at| at + 1)
    } else {
        rest.find(':').unwrap_or(rest.len())
    };
    let (host, port) = rest.split_at(end);
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

/// The origins under which people reach this application. Never empty.
///
/// ```
/// use secure_forms::OwnOrigins;
///
/// let public = OwnOrigins::parse("https://app.example")?;
/// assert_eq!(public.iter().count(), 1);
/// let local = OwnOrigins::loopback(8080);
/// assert!(local.iter().any(|origin| origin.as_str() == "http://[::1]:8080"));
/// # Ok::<(), secure_forms::OriginError>(())
/// ```
///
/// # Security
/// Configured, never taken from `Host`, which the sender of a request chooses.
#[derive(Clone, Debug)]
pub struct OwnOrigins(Arc<[Origin]>);

impl OwnOrigins {
    /// Reads the text of `PUBLIC_ORIGIN`: one origin, or several separated by commas or white space. One on the loopback interface stands
    /// for all three of its names.
    ///
    /// # Errors
    /// [`OriginError`] for the first that is wrong, or if there is none.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let words = text.split(|c: char| c == ',' || c.is_ascii_whitespace()).filter(|word| !word.is_empty());
        let mut origins = Vec::new();
        for word in words {
            origins.extend(with_loopback_names(Origin::parse(word)?));
        }
        if origins.is_empty() { Err(OriginError::None) } else { Ok(Self(origins.into())) }
    }

    /// `http://127.0.0.1`, `http://[::1]` and `http://localhost` with this port, for a program that only its own machine reaches.
    pub fn loopback(port: u16) -> Self {
        let port = if port == 80 { String::new() } else { format!(":{port}") };
        Self(LOOPBACK.iter().map(|host| Origin(format!("http://{host}{port}").into())).collect())
    }

    /// Every origin, as browsers send it.
    pub fn iter(&self) -> impl Iterator<Item = &Origin> {
        self.0.iter()
    }
}

const LOOPBACK: [&str; 3] = ["127.0.0.1", "[::1]", "localhost"];

fn with_loopback_names(origin: Origin) -> Vec<Origin> {
    match origin.parts() {
        Some((scheme, host, port)) if LOOPBACK.contains(&host) => {
            LOOPBACK.iter().map(|name| Origin(format!("{scheme}://{name}{port}").into())).collect()
        }
        _ => vec![origin],
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
    /// The host is not a name in ASCII or an address, or a path, a query, a user name or a wildcard is there.
    Host,
    /// The port is not a number of 1 to 65535, or something follows it.
    Port,
}

impl fmt::Display for OriginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "there is no origin; write it as `https://app.example`",
            Self::Scheme => "an origin begins with `http://` or `https://`",
            Self::Host => "an origin has a host and nothing behind it, as in `https://app.example`",
            Self::Port => "the port of an origin is a number of 1 to 65535, and nothing follows it",
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
        }
    }

    #[test]
    fn what_is_more_or_less_than_an_origin_is_refused() {
        for (text, error) in [
            ("app.example", OriginError::Scheme),
            ("ftp://app.example", OriginError::Scheme),
            ("null", OriginError::Scheme),
            ("https://", OriginError::Host),
            ("https://app.example/", OriginError::Host),
            ("https://*.example", OriginError::Host),
            ("https://user@app.example", OriginError::Host),
            ("https://bücher.example", OriginError::Host),
            ("https://a..example", OriginError::Host),
            ("https://127.1", OriginError::Host),
            ("https://0x7f.1", OriginError::Host),
            ("https://[::1", OriginError::Host),
            ("https://app.example:", OriginError::Port),
            ("https://app.example:0", OriginError::Port),
            ("https://app.example:65536", OriginError::Port),
            ("https://app.example:+80", OriginError::Port),
            ("https://app.example:80/x", OriginError::Port),
            ("https://[::1]x", OriginError::Port),
        ] {
            assert_eq!(Origin::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn one_name_of_the_loopback_stands_for_all() {
        let spelled = |own: OwnOrigins| own.iter().map(|origin| origin.to_string()).collect::<Vec<_>>();
        let all = ["http://127.0.0.1:8080", "http://[::1]:8080", "http://localhost:8080"];
        assert_eq!(spelled(OwnOrigins::parse("http://localhost:8080").unwrap()), all);
        assert_eq!(spelled(OwnOrigins::loopback(8080)), all);
        assert_eq!(spelled(OwnOrigins::loopback(80))[0], "http://127.0.0.1");
        assert_eq!(spelled(OwnOrigins::parse("https://a.example, https://b.example").unwrap()).len(), 2);
        assert_eq!(OwnOrigins::parse(" , ").unwrap_err(), OriginError::None);
    }
}
