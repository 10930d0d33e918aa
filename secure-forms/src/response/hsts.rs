//! [`Hsts`]: the `Strict-Transport-Security` header, and when it may be sent (RFC 6797, sections 6.1, 7.2 and 8.1.1).

use std::time::Duration;

/// For how long browsers come back over HTTPS only.
///
/// ```
/// use std::time::Duration;
/// use secure_forms::headers::Hsts;
///
/// assert_eq!(Hsts::ONE_YEAR.to_string(), "max-age=31536000; includeSubDomains");
/// assert_eq!(Hsts::new(Duration::from_secs(300)).to_string(), "max-age=300");
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Hsts {
    seconds: u64,
    subdomains: bool,
    preload: bool,
}

impl Hsts {
    /// One year, for the host and all of its subdomains.
    pub const ONE_YEAR: Self = Self { seconds: 31_536_000, subdomains: true, preload: false };

    /// For this host alone; the time is counted in whole seconds.
    #[must_use]
    pub const fn new(max_age: Duration) -> Self {
        Self { seconds: max_age.as_secs(), subdomains: false, preload: false }
    }

    /// For all subdomains too: each of them must then serve HTTPS.
    #[must_use]
    pub const fn include_subdomains(mut self) -> Self {
        self.subdomains = true;
        self
    }

    pub(super) const fn preload(self) -> Self {
        // The list takes a host only with one year or more and with its subdomains (hstspreload.org).
        let seconds = if self.seconds < Self::ONE_YEAR.seconds { Self::ONE_YEAR.seconds } else { self.seconds };
        Self { seconds, subdomains: true, preload: true }
    }
}

impl std::fmt::Display for Hsts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "max-age={}", self.seconds)?;
        if self.subdomains {
            f.write_str("; includeSubDomains")?;
        }
        if self.preload {
            f.write_str("; preload")?;
        }
        Ok(())
    }
}

/// Whether an authority's host may be told: a development machine would lock its owner out, and browsers ignore the header
/// of an address. Read from the end, because the last label decides.
pub(crate) fn may_name(authority: &[u8]) -> bool {
    let host = without_port(authority);
    let host = host.strip_suffix(b".").unwrap_or(host);
    let mut start = host.len();
    while let Some(&byte) = start.checked_sub(1).and_then(|before| host.get(before)) {
        match byte {
            // What comes before is another label, or a user.
            b'.' | b'@' => break,
            // No name holds these: an address of version 6.
            b':' | b']' => return false,
            _ => start -= 1,
        }
    }
    let last = host.get(start..).unwrap_or_default();
    !last.is_empty() && !last.eq_ignore_ascii_case(b"localhost") && !is_number(last)
}

/// Without `:` and the digits after it.
fn without_port(authority: &[u8]) -> &[u8] {
    let mut host = authority;
    while let [before @ .., byte] = host {
        match byte {
            b'0'..=b'9' => host = before,
            b':' => return before,
            _ => break,
        }
    }
    authority
}

/// Whether a label makes its host an address, as `1` does in `127.1` (URL Standard, 3.5, "ends in a number").
fn is_number(label: &[u8]) -> bool {
    match label {
        [b'0', b'x' | b'X', digits @ ..] => digits.iter().all(u8::is_ascii_hexdigit),
        [b'0'..=b'9', digits @ ..] => digits.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn development_machines_and_addresses_are_not_told() {
        for host in [
            "localhost",
            "localhost:8080",
            "LocalHost.",
            "app.localhost",
            "127.0.0.1",
            "127.1:80",
            "0x7f.1",
            "0X7F000001",
            "127.0.0.1.",
            "[::1]",
            "[::1]:443",
            "[::ffff:127.0.0.1]",
            "::1",
            "fe80::abcd",
            "ada@localhost",
            "ada:443@localhost:443",
            "",
            ".",
            ":443",
            "ada@",
        ] {
            assert!(!may_name(host.as_bytes()), "{host}");
        }
    }

    #[test]
    fn real_hosts_are_told() {
        for host in [
            "example.org",
            "example.org.",
            "example.org:",
            "example.org:8443",
            "localhost.example.org",
            "notlocalhost",
            "a1.example",
            "1.example",
            "box.1st",
            "ada@example.org:8443",
        ] {
            assert!(may_name(host.as_bytes()), "{host}");
        }
    }

    #[test]
    fn preload_brings_what_the_list_asks_for() {
        assert_eq!(Hsts::new(Duration::ZERO).preload().to_string(), "max-age=31536000; includeSubDomains; preload");
    }
}
