//! Addresses of the public internet: an address or a host enters, whether anybody outside could answer there leaves.
//! Sources: the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890) with what they do not call globally
//! reachable, the multicast and reserved blocks; the Special-Use Domain Names of IANA (RFC 6761) and RFC 6762, appendix G.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address belongs to the public internet. Ask it of each address that a name resolves to, and connect to that
/// address and no other.
///
/// ```
/// use secure_forms_core::value::public::is_public_address;
/// assert!(is_public_address("9.9.9.9".parse().unwrap()));
/// assert!(is_public_address("2620:fe::fe".parse().unwrap()));
/// for own in ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "::1", "fd00::1", "::ffff:10.0.0.1"] {
///     assert!(!is_public_address(own.parse().unwrap()), "{own}");
/// }
/// ```
///
/// # Security
/// Stops requests that a server would make for somebody else into its own network (CWE-918). A public address may still be
/// one of yours: keep your own ranges apart.
#[must_use]
pub fn is_public_address(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// Blocks of version 4 that are nobody's outside: first address, length of the prefix.
const NOT_PUBLIC_V4: [([u8; 4], u32); 16] = [
    ([0, 0, 0, 0], 8),        // this network (RFC 791)
    ([10, 0, 0, 0], 8),       // private (RFC 1918)
    ([100, 64, 0, 0], 10),    // shared by a provider's customers (RFC 6598)
    ([127, 0, 0, 0], 8),      // loopback (RFC 1122)
    ([168, 63, 129, 16], 32), // not IANA's: Azure's virtual host, which answers each machine there
    ([169, 254, 0, 0], 16),   // link-local, and metadata of clouds (RFC 3927)
    ([172, 16, 0, 0], 12),    // private (RFC 1918)
    ([192, 0, 0, 0], 24),     // protocol assignments (RFC 6890)
    ([192, 0, 2, 0], 24),     // documentation (RFC 5737)
    ([192, 88, 99, 0], 24),   // 6to4 relays, deprecated (RFC 7526)
    ([192, 168, 0, 0], 16),   // private (RFC 1918)
    ([198, 18, 0, 0], 15),    // benchmarks (RFC 2544)
    ([198, 51, 100, 0], 24),  // documentation (RFC 5737)
    ([203, 0, 113, 0], 24),   // documentation (RFC 5737)
    ([224, 0, 0, 0], 4),      // multicast (RFC 5771)
    ([240, 0, 0, 0], 4),      // reserved, and broadcast (RFC 1112, RFC 919)
];

/// Of version 6 only global unicast is public; these blocks of it are not.
const NOT_PUBLIC_V6: [([u16; 2], u32); 4] = [
    ([0x2001, 0], 23),     // protocol assignments: Teredo, ORCHID, benchmarks (RFC 2928)
    ([0x2001, 0xdb8], 32), // documentation (RFC 3849)
    ([0x2002, 0], 16),     // 6to4, which holds an address of version 4 (RFC 3056)
    ([0x3fff, 0], 20),     // documentation (RFC 9637)
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = address.to_bits();
    !NOT_PUBLIC_V4.iter().any(|&(block, length)| (bits ^ u32::from_be_bytes(block)) >> (32 - length) == 0)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    // What carries an address of version 4 is where that is: mapped (RFC 4291, 2.5.5.2), and through NAT64 (RFC 6052).
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    if let [0x64, 0xff9b, 0, 0, 0, 0, high, low] = segments {
        return is_public_v4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)));
    }
    let [first, second, ..] = segments;
    let bits = u32::from(first) << 16 | u32::from(second);
    let is_special = |&([first, second], length): &([u16; 2], u32)| {
        (bits ^ (u32::from(first) << 16 | u32::from(second))) >> (32 - length) == 0
    };
    // 2000::/3 (RFC 4291, 2.4, and IANA's IPv6 address space).
    first >> 13 == 1 && !NOT_PUBLIC_V6.iter().any(is_special)
}

/// Ends of names that no public server of names answers, or that are read as the own machine or network.
const OWN_NETWORK: [&str; 15] = [
    "localhost",
    "local",
    "internal",
    "test",
    "invalid",
    "example",
    "onion",
    "alt",
    "arpa",
    "localdomain",
    // RFC 6762, appendix G: what networks use for themselves.
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
];

/// Whether a name has a dot and an end of the public name space.
pub(super) fn is_public_name(name: &str) -> bool {
    let Some((_, end)) = name.rsplit_once('.') else { return false };
    !OWN_NETWORK.iter().any(|own| own.eq_ignore_ascii_case(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_public(text: &str) -> bool {
        is_public_address(text.parse().unwrap())
    }

    #[test]
    fn the_first_and_last_address_of_each_block_are_not_public_and_their_neighbours_are() {
        for (first, last) in [
            ("10.0.0.0", "10.255.255.255"),
            ("100.64.0.0", "100.127.255.255"),
            ("127.0.0.0", "127.255.255.255"),
            ("169.254.0.0", "169.254.255.255"),
            ("172.16.0.0", "172.31.255.255"),
            ("192.0.2.0", "192.0.2.255"),
            ("192.168.0.0", "192.168.255.255"),
            ("198.18.0.0", "198.19.255.255"),
            ("198.51.100.0", "198.51.100.255"),
            ("203.0.113.0", "203.0.113.255"),
        ] {
            let (low, high): (Ipv4Addr, Ipv4Addr) = (first.parse().unwrap(), last.parse().unwrap());
            assert!(!is_public_v4(low) && !is_public_v4(high), "{first}");
            assert!(is_public_v4(Ipv4Addr::from_bits(low.to_bits() - 1)), "before {first}");
            assert!(is_public_v4(Ipv4Addr::from_bits(high.to_bits() + 1)), "behind {last}");
        }
        for own in ["0.0.0.0", "0.1.2.3", "192.0.0.192", "168.63.129.16", "192.88.99.1", "224.0.0.1", "255.255.255.255"]
        {
            assert!(!is_public(own), "{own}");
        }
    }

    #[test]
    fn of_version_6_global_unicast_is_public() {
        for public in [
            "2606:4700::1111",
            "2001:200::1",
            "2a00:1450::1",
            "2003::1",
            "3ffe::1",
            "::ffff:1.1.1.1",
            "64:ff9b::8.8.8.8",
        ] {
            assert!(is_public(public), "{public}");
        }
        for own in [
            "::",
            "::1",
            "::10.0.0.1",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2001:1ff::1",
            "2002:a00:1::",
            "3fff::1",
            "3fff:fff::1",
            "5f00::1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1.1.1.1",
            "::ffff:127.0.0.1",
            "::ffff:0:1.1.1.1",
            "4000::1",
        ] {
            assert!(!is_public(own), "{own}");
        }
    }

    #[test]
    fn names_of_the_own_network_are_not_public() {
        for own in [
            "localhost",
            "intranet",
            "a.LOCALHOST",
            "printer.local",
            "metadata.google.internal",
            "nas.home.arpa",
            "x.lan",
        ] {
            assert!(!is_public_name(own), "{own}");
        }
        assert!(is_public_name("example.org") && is_public_name("local.example.com"));
    }
}
