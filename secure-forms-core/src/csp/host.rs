//! The host of a source, and the comparison of sources with known URLs, as csp-evaluator does them with the URL Standard's parser.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::source::without_scheme;

/// Stands for `*` while a host is read.
const ANY: &str = "wildcard_placeholder";

/// Host (in lower case, addresses in their usual form) and path of a source; `None` where the URL Standard finds no host.
pub(super) struct HostAndPath {
    pub(super) host: String,
    pub(super) path: String,
}

impl HostAndPath {
    pub(super) fn of(source: &str) -> Option<Self> {
        let text = without_scheme(source).replacen(":*", "", 1).replacen('*', ANY, 1);
        let end = text.find(['/', '\\', '?', '#']).unwrap_or(text.len());
        let (authority, rest) = text.split_at(end);
        let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        Some(Self {
            host: host(authority)?,
            path: if path.is_empty() { "/".to_owned() } else { path.replace('\\', "/") },
        })
    }

    /// Whether a policy that lists this source lets `known` in.
    pub(super) fn admits(&self, known: &KnownUrl) -> bool {
        // A path that ends in a slash admits what begins with it (CSP Level 3, section 6.7.2.12).
        let path_fits = match self.path.as_str() {
            "/" => true,
            path if path.ends_with('/') => known.path.starts_with(path),
            path => known.path == path,
        };
        self.admits_host(known.host) && path_fits
    }

    /// Whether the source's host is this one, or a wildcard over it.
    pub(super) fn admits_host(&self, known: &str) -> bool {
        match self.any_subdomain_of() {
            Some(end) => known.strip_suffix(end).is_some_and(|front| front.ends_with('.')),
            None => known == self.host,
        }
    }

    /// `example.org` of `*.example.org`.
    pub(super) fn any_subdomain_of(&self) -> Option<&str> {
        self.host.strip_prefix(ANY)?.strip_prefix('.')
    }
}

/// A URL that is known to let an attacker run scripts.
pub(super) struct KnownUrl {
    pub(super) host: &'static str,
    pub(super) path: &'static str,
}

/// The address that a source names in place of a host, in brackets if it is of version 6.
pub(super) fn address(source: &str) -> Option<String> {
    let host = HostAndPath::of(source)?.host;
    (host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok()).then_some(host)
}

fn host(authority: &str) -> Option<String> {
    if let Some(rest) = authority.strip_prefix('[') {
        let (inside, port) = rest.split_once(']')?;
        let address: Ipv6Addr = inside.parse().ok()?;
        return is_port(port).then(|| format!("[{address}]"));
    }
    let (name, port) = authority.find(':').map_or((authority, ""), |at| authority.split_at(at));
    // The forbidden code points of a domain (URL Standard, 3.1) that can occur here.
    let forbidden = |c: char| c.is_control() || matches!(c, '%' | '<' | '>' | '[' | ']' | '^' | '|');
    if name.is_empty() || name.contains(forbidden) || !is_port(port) {
        return None;
    }
    let name = name.to_ascii_lowercase();
    if ends_in_a_number(&name) { ipv4(&name).map(|address| address.to_string()) } else { Some(name) }
}

/// Nothing, or a colon and a port.
fn is_port(text: &str) -> bool {
    match text.strip_prefix(':') {
        Some("") => true,
        Some(port) => port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok(),
        None => text.is_empty(),
    }
}

/// URL Standard, 3.5: "ends in a number checker".
fn ends_in_a_number(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or_default();
    !last.is_empty() && (last.bytes().all(|b| b.is_ascii_digit()) || ipv4_number(last).is_some())
}

/// URL Standard, 3.5: "IPv4 parser".
fn ipv4(host: &str) -> Option<Ipv4Addr> {
    let host = host.strip_suffix('.').unwrap_or(host);
    let numbers: Vec<u64> = host.split('.').map(ipv4_number).collect::<Option<_>>()?;
    let (last, front) = numbers.split_last()?;
    if numbers.len() > 4
        || front.iter().any(|number| *number > 255)
        || *last >= 256u64.pow(5 - u32::try_from(numbers.len()).ok()?)
    {
        return None;
    }
    let front = front.iter().zip([24, 16, 8]).fold(0, |sum, (number, shift)| sum + (number << shift));
    Some(Ipv4Addr::from(u32::try_from(front + last).ok()?))
}

/// URL Standard, 3.5: "IPv4 number parser": decimal, `0x` hexadecimal or `0` octal.
fn ipv4_number(text: &str) -> Option<u64> {
    let (digits, radix) = match text.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None if text.len() > 1 && text.starts_with('0') => (&text[1..], 8),
        None if text.is_empty() => return None,
        None => (text, 10),
    };
    match digits {
        "" => Some(0),
        _ if digits.starts_with('+') => None,
        _ => u64::from_str_radix(digits, radix).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_seen_in_every_spelling() {
        for (source, expected) in [
            ("127.0.0.1", "127.0.0.1"),
            ("https://127.1:8080/x", "127.0.0.1"),
            ("0x7f.0.0.1", "127.0.0.1"),
            ("[::1]:80", "[::1]"),
            ("http://[2001:db8::1]", "[2001:db8::1]"),
        ] {
            assert_eq!(address(source).as_deref(), Some(expected));
        }
    }

    #[test]
    fn names_are_no_addresses() {
        for source in ["a.example", "*.a.example:*", "'self'", "https:", "1.2.3.4.example", "256.256.256.256"] {
            assert_eq!(address(source), None, "{source}");
        }
    }
}
