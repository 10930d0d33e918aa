//! One entry of a list of proxies: bytes enter, an address or nothing leaves. RFC 7239, section 6; RFC 3986, section 3.2.2.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// An entry of `X-Forwarded-For` and its like: `203.0.113.9`, `203.0.113.9:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:443`.
/// Spaces and tabs around it belong to the list.
pub(super) fn of_list(entry: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(trim(entry)).ok()?;
    match Ipv6Addr::from_str(text) {
        Ok(address) => Some(IpAddr::V6(address).to_canonical()),
        Err(_) => host_and_port(text, is_port),
    }
}

/// The value of `for` in `Forwarded`. IPv6 needs its brackets there, and a port may be a pseudonym.
pub(super) fn of_forwarded(value: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(value).ok()?;
    host_and_port(text, |port| is_port(port) || is_pseudonym(port))
}

/// `Ipv4Addr` and `Ipv6Addr` read the strict forms only: four decimal numbers without leading zeros, no zone.
fn host_and_port(text: &str, is_port: impl Fn(&str) -> bool) -> Option<IpAddr> {
    let (address, rest) = match text.strip_prefix('[') {
        Some(bracketed) => {
            let (address, rest) = bracketed.split_once(']')?;
            (IpAddr::V6(Ipv6Addr::from_str(address).ok()?), rest)
        }
        None => {
            let (address, rest) = text.split_at(text.find(':').unwrap_or(text.len()));
            (IpAddr::V4(Ipv4Addr::from_str(address).ok()?), rest)
        }
    };
    let port_is_good = rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port);
    port_is_good.then(|| address.to_canonical())
}

fn is_port(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

/// `obfport`: an underscore, then at least one letter, digit, `.`, `_` or `-`.
fn is_pseudonym(text: &str) -> bool {
    let is_named = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    text.strip_prefix('_').is_some_and(|name| !name.is_empty() && name.bytes().all(is_named))
}

pub(super) fn trim(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(entry: &str) -> Option<String> {
        of_list(entry.as_bytes()).map(|address| address.to_string())
    }

    fn forwarded(value: &str) -> Option<String> {
        of_forwarded(value.as_bytes()).map(|address| address.to_string())
    }

    #[test]
    fn every_spelling_of_an_address_is_read() {
        for (entry, address) in [
            ("203.0.113.9", "203.0.113.9"),
            (" \t203.0.113.9 ", "203.0.113.9"),
            ("203.0.113.9:0", "203.0.113.9"),
            ("203.0.113.9:65535", "203.0.113.9"),
            ("2001:DB8::7", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("[2001:db8::7]:443", "2001:db8::7"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("[::ffff:cb00:7109]:1", "203.0.113.9"),
            ("::1", "::1"),
        ] {
            assert_eq!(list(entry).as_deref(), Some(address), "{entry}");
        }
    }

    #[test]
    fn whatever_else_is_no_address() {
        for entry in [
            "",
            " ",
            "unknown",
            "_hidden",
            "localhost",
            "203.0.113",
            "203.0.113.256",
            "203.0.113.09",
            "0xcb.0.113.9",
            "3405803785",
            "203.0.113.9:",
            "203.0.113.9:+1",
            "203.0.113.9:65536",
            "203.0.113.9:000080",
            "203.0.113.9:http",
            "203.0.113.9:_x",
            "203.0.113.9:1:2",
            "203.0.113.9/32",
            "203.0.113.9 1",
            "\"203.0.113.9\"",
            "for=203.0.113.9",
            "[203.0.113.9]",
            "[::1",
            "::1]",
            "[::1]443",
            "[[::1]]",
            "[::1]:",
            "fe80::1%eth0",
            "[fe80::1%25eth0]",
            "2001:db8::7::1",
            "1:2:3:4:5:6:7:8:443",
            "２０３.0.113.9",
            "203.0.113.9\u{a0}",
        ] {
            assert_eq!(list(entry), None, "{entry}");
        }
        assert_eq!(of_list(b"203.0.113.9\xff"), None);
    }

    #[test]
    fn forwarded_wants_brackets_and_takes_a_pseudonym_for_the_port() {
        assert_eq!(forwarded("[2001:db8::7]:_ssl.1").as_deref(), Some("2001:db8::7"));
        assert_eq!(forwarded("203.0.113.9:_x").as_deref(), Some("203.0.113.9"));
        for value in ["2001:db8::7", "203.0.113.9:_", "203.0.113.9:_é", "unknown", "_x", "unknown:1", " 203.0.113.9"] {
            assert_eq!(forwarded(value), None, "{value}");
        }
    }
}
