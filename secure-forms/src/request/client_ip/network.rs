//! Networks in CIDR notation: text enters, a test for addresses leaves. RFC 4632, section 3.1; RFC 4291, section 2.3.

use std::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// One network, such as `10.0.0.0/8` or `2001:db8::/32`. An address alone is a network of one.
///
/// ```
/// use secure_forms::client_ip::Network;
///
/// let network: Network = "10.0.0.0/8".parse()?;
/// assert!(network.contains("10.200.3.4".parse()?));
/// assert!(network.contains("::ffff:10.0.0.1".parse()?));
/// assert!(!network.contains("11.0.0.1".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Network {
    address: IpAddr,
    length: u8,
}

impl Network {
    /// Reads an address with an optional prefix length. Bits behind the prefix are cleared; a network of IPv4 addresses written as IPv6
    /// (`::ffff:10.0.0.0/104`) becomes one of IPv4.
    ///
    /// # Errors
    /// [`NetworkError`] if the address or the length is wrong, or the network wider than `/8`, or `/16` of IPv6.
    ///
    /// # Security
    /// No operator owns more than that: a wider network trusts strangers, as `0.0.0.0/0` trusts everybody to name any address. Who means
    /// that writes [`Networks::dangerously_everyone`].
    pub fn parse(text: &str) -> Result<Self, NetworkError> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| NetworkError::Address)?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let length = length.map_or(Some(longest), parse_length).filter(|length| *length <= longest);
        let network = Self::new(address, length.ok_or(NetworkError::Length)?);
        // Asked of the canonical form: `::ffff:0.0.0.0/96` is all of IPv4.
        let shortest = if network.address.is_ipv4() { SHORTEST_V4 } else { SHORTEST_V6 };
        if network.length < shortest { Err(NetworkError::TooWide) } else { Ok(network) }
    }

    fn new(address: IpAddr, length: u8) -> Self {
        let (address, length) = match (address, address.to_canonical()) {
            (IpAddr::V6(_), v4 @ IpAddr::V4(_)) if length >= 96 => (v4, length - 96),
            (address, _) => (address, length),
        };
        Self { address: mask(address, length), length }
    }

    /// Whether the address belongs to the network. An IPv4 address written as IPv6 counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.address.is_ipv4() && mask(address, self.length) == self.address
    }
}

/// Clears the bits behind the prefix. A shift by all bits is none for `checked_shl`, which is the mask of length 0.
fn mask(address: IpAddr, length: u8) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(length.min(32))).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(address.to_bits() & mask))
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(length.min(128))).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
        }
    }
}

/// Digits only: `parse` alone would take a sign.
fn parse_length(text: &str) -> Option<u8> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if is_number { text.parse().ok() } else { None }
}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        Self::parse(text)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.length)
    }
}

/// The shortest prefixes. IPv4 was given out in blocks of `/8` at most (IANA, IPv4 Address Space Registry); of IPv6, nobody but the
/// regional registries holds as much as a `/16`.
const SHORTEST_V4: u8 = 8;
const SHORTEST_V6: u8 = 16;

/// Several networks. An empty list contains nobody, so it trusts nobody.
///
/// ```
/// use secure_forms::client_ip::Networks;
///
/// let proxies: Networks = "10.0.0.0/8, 2001:db8:1::/48".parse()?;
/// assert!(proxies.contains("2001:db8:1::5".parse()?));
/// assert!(!Networks::default().contains("127.0.0.1".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Networks(Vec<Network>);

impl Networks {
    /// All addresses; the reason is for the reviewer.
    ///
    /// ```
    /// use secure_forms::client_ip::Networks;
    ///
    /// let sidecar = Networks::dangerously_everyone("the firewall lets nobody but the balancer through");
    /// assert!(sidecar.contains("203.0.113.9".parse()?));
    /// assert!("0.0.0.0/0, ::/0".parse::<Networks>().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Security
    /// Whoever can reach the server can then name any address. As the trusted proxies of
    /// [`ClientIpPolicy::Proxies`](crate::client_ip::ClientIpPolicy::Proxies), where the first address that is no proxy is the client's, it makes the
    /// leftmost entry count, which every client writes itself: give it to `only_from` alone.
    pub fn dangerously_everyone(reason: &'static str) -> Self {
        let _ = reason;
        let [v4, v6] = [IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::UNSPECIFIED)];
        Self(vec![Network::new(v4, 0), Network::new(v6, 0)])
    }

    /// Whether one of the networks contains the address.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }
}

impl FromIterator<Network> for Networks {
    fn from_iter<I: IntoIterator<Item = Network>>(networks: I) -> Self {
        Self(networks.into_iter().collect())
    }
}

impl FromStr for Networks {
    type Err = NetworkError;

    /// Networks separated by commas or white space.
    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let words = text.split(|c: char| c == ',' || c.is_ascii_whitespace()).filter(|word| !word.is_empty());
        words.map(Network::parse).collect()
    }
}

/// Why text is not a network.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum NetworkError {
    /// It does not begin with an IPv4 or IPv6 address.
    Address,
    /// The number behind the slash is not a prefix length: at most 32, or 128 for IPv6.
    Length,
    /// The prefix is shorter than 8, or 16 for IPv6.
    TooWide,
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Address => "a network begins with an IPv4 or IPv6 address, as in `10.0.0.0/8`",
            Self::Length => "the length of a network's prefix is 8 to 32, or 16 to 128 for IPv6",
            Self::TooWide => {
                "a network with a prefix shorter than /8, or /16 for IPv6, trusts strangers: name the networks of the proxies; \
                 where nobody else can connect, `Networks::dangerously_everyone` says so"
            }
        })
    }
}

impl Error for NetworkError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(network: &str, address: &str) -> bool {
        Network::parse(network).unwrap().contains(address.parse().unwrap())
    }

    #[test]
    fn the_prefix_decides_and_nothing_behind_it() {
        for (network, inside, outside) in [
            ("10.0.0.0/8", "10.255.255.255", "11.0.0.0"),
            ("10.1.2.3/8", "10.0.0.1", "9.255.255.255"),
            ("192.0.2.0/31", "192.0.2.1", "192.0.2.2"),
            ("192.0.2.7", "192.0.2.7", "192.0.2.6"),
            ("192.0.2.7/32", "::ffff:192.0.2.7", "192.0.2.6"),
            ("2001:db8:1::/48", "2001:db8:1:ffff::1", "2001:db8:2::1"),
            ("::1", "::1", "::2"),
            ("::ffff:10.0.0.0/104", "10.9.9.9", "11.0.0.0"),
            ("fe80::/16", "fe80::1", "fe81::1"),
        ] {
            assert!(contains(network, inside), "{network} {inside}");
            assert!(!contains(network, outside), "{network} {outside}");
        }
    }

    #[test]
    fn a_network_of_strangers_is_refused() {
        for text in
            ["0.0.0.0/0", "10.0.0.0/7", "::/0", "2000::/3", "2001::/15", "::ffff:0.0.0.0/96", "::ffff:10.0.0.0/103"]
        {
            assert_eq!(Network::parse(text), Err(NetworkError::TooWide), "{text}");
            assert_eq!(format!("192.0.2.1, {text}").parse::<Networks>(), Err(NetworkError::TooWide), "{text}");
        }
        for text in ["10.0.0.0/8", "2001::/16", "::ffff:10.0.0.0/104"] {
            assert!(Network::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn everyone_is_every_address() {
        let everyone = Networks::dangerously_everyone("a test");
        for address in ["0.0.0.0", "255.255.255.255", "::", "ffff::1", "::ffff:203.0.113.9"] {
            assert!(everyone.contains(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in ["", "x", "10.0.0/8", "010.0.0.0/8", "10.0.0.0.0", "[::1]", "fe80::1%eth0", "/8", " 10.0.0.0/8"] {
            assert_eq!(Network::parse(text), Err(NetworkError::Address), "{text}");
        }
        for text in
            ["10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "::/129", "::/8/8", "::/256"]
        {
            assert_eq!(Network::parse(text), Err(NetworkError::Length), "{text}");
        }
    }
}
