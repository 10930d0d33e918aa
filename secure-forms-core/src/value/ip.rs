//! IP addresses in their textual forms (RFC 6943, 3.1.1 "strict" for version 4; RFC 4291, 2.2 for version 6): text enters,
//! an address leaves. No leading zeros, no ports, no zones, no brackets.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Which addresses are meant.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Version {
    /// Both.
    #[default]
    Any,
    /// Four decimal bytes.
    V4,
    /// Eight groups of hexadecimal digits.
    V6,
}

/// Not an IP address of this version.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotIp;

/// Reads an address.
///
/// ```
/// use secure_forms_core::value::ip::{parse, NotIp, Version};
/// assert!(parse("192.0.2.1", Version::Any).is_ok());
/// assert!(parse("2001:db8::1", Version::V6).is_ok());
/// assert_eq!(parse("192.0.2.01", Version::V4), Err(NotIp));
/// ```
///
/// # Errors
/// The text is not an address of this version.
///
/// # Security
/// Leading zeros are refused because some programs read them as octal: `010.0.0.1` would be two addresses.
pub fn parse(text: &str, version: Version) -> Result<IpAddr, NotIp> {
    match version {
        Version::Any => text.parse().map_err(|_| NotIp),
        Version::V4 => text.parse::<Ipv4Addr>().map(IpAddr::V4).map_err(|_| NotIp),
        Version::V6 => text.parse::<Ipv6Addr>().map(IpAddr::V6).map_err(|_| NotIp),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_refuses_the_other() {
        assert!(parse("::ffff:192.0.2.1", Version::V6).is_ok());
        assert_eq!(parse("192.0.2.1", Version::V6), Err(NotIp));
        assert_eq!(parse("::1", Version::V4), Err(NotIp));
    }

    #[test]
    fn other_spellings_are_refused() {
        for bad in [
            "",
            "1.2.3",
            "1.2.3.4.5",
            "256.1.1.1",
            "010.0.0.1",
            "0x7f.0.0.1",
            "1.2.3.4 ",
            "1.2.3.4:80",
            "[::1]",
            "fe80::1%eth0",
            ":::",
            "1::2::3",
            "12345::",
            "١.2.3.4",
        ] {
            assert_eq!(parse(bad, Version::Any), Err(NotIp), "{bad}");
        }
    }
}
