//! Absolute `http` and `https` URLs: text enters, its parts leave. What a browser shows for the address of a page (URL
//! Standard, 4.5), narrowed to what a person means by it: a scheme of the web, a host, no user name, no backslash.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{hostname, public};

/// Why a text is not the URL of a page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum UrlProblem {
    /// It does not begin with `http://` or `https://`.
    Scheme,
    /// A user name stands before the host: `https://bank.example@evil.example` shows one site and opens another.
    UserInfo,
    /// There is no host, or it is none.
    Host,
    /// The port is not a number up to 65535.
    Port,
    /// A character that must be percent-encoded, or a percent sign without two hexadecimal digits.
    Character,
    /// More than 2048 bytes.
    TooLong,
}

/// The parts of a URL.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Url<'t> {
    /// Whether the scheme is `https`.
    pub secure: bool,
    /// A name, an IPv4 address, or an IPv6 address in brackets.
    pub host: &'t str,
    /// The port, if it is written.
    pub port: Option<u16>,
    /// From the first `/`, `?` or `#` behind the host.
    pub rest: &'t str,
}

impl Url<'_> {
    /// Whether the host may be one of the public internet, as far as its text tells.
    ///
    /// ```
    /// use secure_forms_core::value::url::parse;
    /// assert!(parse("https://example.org/feed").unwrap().is_public());
    /// for own in ["http://localhost/", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/", "http://db/"] {
    ///     assert!(!parse(own).unwrap().is_public(), "{own}");
    /// }
    /// ```
    ///
    /// # Security
    /// A public name may resolve to an address of your own network (`localtest.me` does), and to another one each time it is
    /// asked. Who fetches the URL asks [`is_public_address`](public::is_public_address) of each address that the name
    /// resolves to, connects to that one, and does so anew for each redirect.
    #[must_use]
    pub fn is_public(&self) -> bool {
        let inside = self.host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        match inside.unwrap_or(self.host).parse() {
            Ok(address) => public::is_public_address(address),
            Err(_) => public::is_public_name(self.host),
        }
    }
}

/// What every browser, proxy and server takes.
const MAX_BYTES: usize = 2048;

/// Reads a URL.
///
/// ```
/// use secure_forms_core::value::url::{parse, UrlProblem};
/// let url = parse("https://example.org:8443/a?b#c").unwrap();
/// assert_eq!((url.secure, url.host, url.port, url.rest), (true, "example.org", Some(8443), "/a?b#c"));
/// assert_eq!(parse("javascript:alert(1)"), Err(UrlProblem::Scheme));
/// assert_eq!(parse("https://bank.example@evil.example"), Err(UrlProblem::UserInfo));
/// ```
///
/// # Errors
/// The first thing that is wrong.
///
/// # Security
/// Stops `javascript:`, `data:` and all other schemes, control characters, backslashes and user names. It does not decide
/// whether the site is a good one; whether the host is inside of your network is [`Url::is_public`]'s to say.
pub fn parse(text: &str) -> Result<Url<'_>, UrlProblem> {
    if text.len() > MAX_BYTES {
        return Err(UrlProblem::TooLong);
    }
    let (scheme, rest) = text.split_once("://").ok_or(UrlProblem::Scheme)?;
    let secure = scheme.eq_ignore_ascii_case("https");
    if !secure && !scheme.eq_ignore_ascii_case("http") {
        return Err(UrlProblem::Scheme);
    }
    let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if authority.contains('@') {
        return Err(UrlProblem::UserInfo);
    }
    let (host, port) = host_and_port(authority)?;
    characters(rest)?;
    Ok(Url { secure, host, port, rest })
}

fn host_and_port(authority: &str) -> Result<(&str, Option<u16>), UrlProblem> {
    let end = match authority.strip_prefix('[') {
        Some(inside) => inside.find(']').ok_or(UrlProblem::Host)? + 2,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, port) = authority.split_at(end);
    let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let good = match bracketed {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => hostname::check(host).is_ok() || host.parse::<Ipv4Addr>().is_ok(),
    };
    if !good {
        return Err(UrlProblem::Host);
    }
    match port.strip_prefix(':') {
        None if port.is_empty() => Ok((host, None)),
        None => Err(UrlProblem::Host),
        Some(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().map(|port| (host, Some(port))).map_err(|_| UrlProblem::Port)
        }
        Some(_) => Err(UrlProblem::Port),
    }
}

/// URL units of the URL Standard (4.3), and in each part what browsers leave there as it is (1.3: the percent-encode sets of
/// the path, the query and the fragment).
fn characters(rest: &str) -> Result<(), UrlProblem> {
    let bytes = rest.as_bytes();
    let mut left_as_it_is = "[]|^";
    for (place, char) in rest.char_indices() {
        match (char, left_as_it_is) {
            ('?', "[]|^") => left_as_it_is = "[]|{}^`",
            ('#', _) => left_as_it_is = "[]|{}^#",
            _ => {}
        }
        let good = match char {
            '%' => bytes.get(place + 1..place + 3).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit)),
            '#' => true,
            _ => is_url_code_point(char) || left_as_it_is.contains(char),
        };
        if !good {
            return Err(UrlProblem::Character);
        }
    }
    Ok(())
}

fn is_url_code_point(char: char) -> bool {
    match char {
        'a'..='z' | 'A'..='Z' | '0'..='9' => true,
        _ if char.is_ascii() => "!$&'()*+,-./:;=?@_~".contains(char),
        // Noncharacters: the last two of each plane, and 32 in the first.
        '\u{fdd0}'..='\u{fdef}' => false,
        _ => char >= '\u{a0}' && u32::from(char) & 0xfffe != 0xfffe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_pages_are_taken() {
        for good in [
            "http://a",
            "HTTPS://Example.ORG",
            "https://example.org/a/b;c?d=e&f=%20#g",
            "http://192.0.2.1:80/",
            "http://[2001:db8::1]:8080/x",
            "https://de.wikipedia.org/wiki/Äpfel_(Obst)",
            "http://localhost:3000?x",
            "http://x/?#",
            "http://x?a[]=1&b={c|d}^`",
            "http://x/[a]|b",
            "http://x/#/#room:x",
            "http://x#{a}",
        ] {
            assert!(parse(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn other_schemes_are_refused() {
        for bad in [
            "",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://x",
            "//x",
            "/x",
            "x",
            " http://x",
            "http:/x",
            "java\nscript://x",
            "file:///x",
        ] {
            assert_eq!(parse(bad), Err(UrlProblem::Scheme), "{bad:?}");
        }
    }

    #[test]
    fn what_is_not_a_host_is_refused() {
        for bad in [
            "http://",
            "http:///x",
            "http://?x",
            "http://a..b",
            "http://-a",
            "http://a_b",
            "http://bücher.example",
            "http://1.2.3",
            "http://1.2.3.256",
            "http://0x7f.1",
            "http://127.0x1",
            "http://0x7F000001",
            "http://[::1",
            "http://[1.2.3.4]",
            "http://[::1]x",
            "http://a b",
            "http://a\\b",
            "http://%61",
            "http://a.",
            "http://2130706433",
            "http://xn--a/",
            "http://a.xn--",
            "http://[fe80::1%25x]",
        ] {
            assert_eq!(parse(bad), Err(UrlProblem::Host), "{bad}");
        }
    }

    #[test]
    fn hosts_of_the_own_network_are_not_public() {
        for own in [
            "http://localhost:3000",
            "http://db/",
            "http://a.localhost",
            "http://printer.local",
            "http://metadata.google.internal",
            "http://127.0.0.1",
            "http://169.254.169.254/latest/meta-data/",
            "http://[::ffff:169.254.169.254]",
            "http://[fd00:ec2::254]",
            "http://[64:ff9b::a00:1]",
            "http://192.0.2.1",
        ] {
            assert!(parse(own).is_ok_and(|url| !url.is_public()), "{own}");
        }
        for public in
            ["https://example.org", "http://9.9.9.9", "http://[2620:fe::fe]:80/", "http://xn--bcher-kva.example.com"]
        {
            assert!(parse(public).is_ok_and(|url| url.is_public()), "{public}");
        }
        // Other spellings of addresses are no hosts at all.
        for spelled in ["http://2130706433", "http://0177.0.0.1", "http://0x7f.1", "http://127.1", "http://127.0.0.1."]
        {
            assert!(parse(spelled).is_err(), "{spelled}");
        }
    }

    #[test]
    fn user_names_and_bad_ports_are_refused() {
        assert_eq!(parse("http://a:b@c"), Err(UrlProblem::UserInfo));
        for bad in ["http://a:", "http://a:x", "http://a:65536", "http://a:+1", "http://a:1:2"] {
            assert_eq!(parse(bad), Err(UrlProblem::Port), "{bad}");
        }
        assert!(parse("http://a/@b").is_ok());
    }

    #[test]
    fn what_must_be_encoded_is_refused() {
        for bad in [
            "http://a/ ",
            "http://a/\n",
            "http://a/\\b",
            "http://a/<b>",
            "http://a/\"",
            "http://a/%4",
            "http://a/%zz",
            "http://a/{",
            "http://a/`",
            "http://a?\"",
            "http://a?\\",
            "http://a#`",
            "http://a#\\",
            "http://a/\u{fdd0}",
            "http://a/\u{7f}",
            "http://a/\u{85}",
        ] {
            assert_eq!(parse(bad), Err(UrlProblem::Character), "{bad:?}");
        }
        assert_eq!(parse(&format!("http://a/{}", "b".repeat(2048))), Err(UrlProblem::TooLong));
    }
}
