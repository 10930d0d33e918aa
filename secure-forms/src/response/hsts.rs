//! [`Hsts`]: the `Strict-Transport-Security` header, and when it may be sent (RFC 6797, sections 6.1, 7.2 and 8.1.1).

use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::Duration;

/// How a request arrived. A server that ends TLS itself puts [`Transport::Tls`] into the request's extensions.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Transport {
    /// Plain HTTP.
    Plain,
    /// HTTPS.
    Tls,
}

/// For how long browsers come back over HTTPS only.
///
/// ```
/// use std::time::Duration;
/// use secure_forms::Hsts;
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

/// Whether a host may be told: a development machine would lock its owner out, and browsers ignore the header of an address.
pub(crate) fn may_name(host: &str) -> bool {
    let host = match host.rsplit_once(':') {
        // A bare version 6 address has colons of its own.
        Some((name, port))
            if (!name.contains(':') || name.ends_with(']')) && port.bytes().all(|b| b.is_ascii_digit()) =>
        {
            name
        }
        _ => host,
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_address = host.parse::<Ipv4Addr>().is_ok()
        || host.trim_start_matches('[').trim_end_matches(']').parse::<Ipv6Addr>().is_ok()
        // `127.1` is an address too (URL Standard, 3.5).
        || last.bytes().all(|b| b.is_ascii_digit());
    !host.is_empty() && !last.eq_ignore_ascii_case("localhost") && !is_address
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
            "[::1]",
            "[::1]:443",
            "::1",
            "",
        ] {
            assert!(!may_name(host), "{host}");
        }
    }

    #[test]
    fn real_hosts_are_told() {
        for host in ["example.org", "example.org:8443", "localhost.example.org", "a1.example"] {
            assert!(may_name(host), "{host}");
        }
    }

    #[test]
    fn preload_brings_what_the_list_asks_for() {
        assert_eq!(Hsts::new(Duration::ZERO).preload().to_string(), "max-age=31536000; includeSubDomains; preload");
    }
}
