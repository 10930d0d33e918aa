//! Who sent a request: the peer's address, the headers of proxies and a policy enter; an address that the policy vouches for, or none,
//! leaves. RFC 7239 (`Forwarded`) and `X-Forwarded-For`, read from the right.

mod forwarded;
mod network;
mod node;
mod policy;
mod transport;

use std::borrow::Cow;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

use http::header::FORWARDED;
use http::{HeaderMap, HeaderName};

pub use network::{Network, NetworkError, Networks};
pub use policy::ClientIpPolicy;
pub use transport::Transport;

/// More proxies than any real chain has; the work per request stays bounded.
const MAX_ENTRIES: usize = 64;

/// The address of a client, as far as the policy can vouch for it; made by [`ClientIp::resolve`] alone.
///
/// ```
/// use http::{HeaderMap, HeaderName, HeaderValue};
/// use secure_forms::client_ip::{ClientIp, ClientIpPolicy};
///
/// let policy = ClientIpPolicy::Proxies {
///     trusted: "10.0.0.0/8".parse()?,
///     header: HeaderName::from_static("x-forwarded-for"),
/// };
/// let mut headers = HeaderMap::new();
/// headers.insert("x-forwarded-for", HeaderValue::from_static("127.0.0.1, 203.0.113.9"));
///
/// let client = ClientIp::resolve(&policy, "10.0.0.1".parse()?, &headers);
/// assert_eq!(client.address(), Some("203.0.113.9".parse()?));
///
/// // Whoever is no proxy of ours may write what he likes.
/// let forged = ClientIp::resolve(&policy, "198.51.100.66".parse()?, &headers);
/// assert_eq!(forged.address(), Some("198.51.100.66".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Security
/// Stops forged addresses (CWE-348): entries are walked from the right, where trusted proxies append, and the walk ends at the first
/// entry that is not an address instead of skipping it. Nothing else makes one, so that text from a header does not become an address
/// that allow-lists believe. It knows as much as `peer` does: give it the address of the connection, as the server accepted it. An
/// address is no proof of who a person is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ClientIp(Found);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Found {
    /// The policy vouches for this address.
    Known(IpAddr),
    /// The trail ended at something that is no address, behind this hop.
    Degraded(IpAddr),
}

impl ClientIp {
    /// Applies the policy to a request. IPv4 addresses that are written as IPv6 (`::ffff:203.0.113.9`) are taken as IPv4 everywhere.
    pub fn resolve(policy: &ClientIpPolicy, peer: IpAddr, headers: &HeaderMap) -> Self {
        let peer = peer.to_canonical();
        match policy {
            ClientIpPolicy::Peer => Self(Found::Known(peer)),
            ClientIpPolicy::Proxies { trusted, header } => walk(trusted, peer, &entries(headers, header)),
            ClientIpPolicy::Hops { n, header, only_from } if only_from.contains(peer) => {
                count(usize::from(n.get()), peer, &entries(headers, header))
            }
            ClientIpPolicy::Single { header, only_from } if only_from.contains(peer) => {
                only(peer, &entries(headers, header))
            }
            ClientIpPolicy::Hops { .. } | ClientIpPolicy::Single { .. } => Self(Found::Known(peer)),
        }
    }

    /// Takes an address for the client's without asking a policy; the reason is for the reviewer.
    ///
    /// ```
    /// use secure_forms::client_ip::ClientIp;
    ///
    /// let client = ClientIp::dangerously_assumed("203.0.113.9".parse()?, "a test");
    /// assert_eq!(client.address(), Some("203.0.113.9".parse()?));
    /// # Ok::<(), std::net::AddrParseError>(())
    /// ```
    ///
    /// # Security
    /// For tests, and for programs that learn the address in another way than from a request. An address that a client wrote passes
    /// every allow-list.
    pub fn dangerously_assumed(address: IpAddr, reason: &'static str) -> Self {
        let _ = reason;
        Self(Found::Known(address.to_canonical()))
    }

    /// The address, if the policy vouches for it: for allow-lists and block-lists.
    pub fn address(&self) -> Option<IpAddr> {
        match self.0 {
            Found::Known(address) => Some(address),
            Found::Degraded(_) => None,
        }
    }

    /// The address, or the nearest hop that is known when it is degraded: for logs.
    ///
    /// # Security
    /// Of a degraded client this is one of the own proxies: never compare it with an allow-list.
    pub fn nearest(&self) -> IpAddr {
        match self.0 {
            Found::Known(address) | Found::Degraded(address) => address,
        }
    }

    /// Whether the proxies did not tell the address.
    ///
    /// ```
    /// use http::HeaderMap;
    /// use secure_forms::client_ip::{ClientIp, ClientIpPolicy, RateKey};
    ///
    /// let client = ClientIp::resolve(&ClientIpPolicy::Peer, "203.0.113.9".parse()?, &HeaderMap::new());
    /// let key: RateKey = client.rate_key();
    /// println!("{}{}", client.nearest(), if client.is_degraded() { " (a proxy of ours)" } else { "" });
    /// # let _ = key;
    /// # Ok::<(), std::net::AddrParseError>(())
    /// ```
    pub fn is_degraded(&self) -> bool {
        matches!(self.0, Found::Degraded(_))
    }

    /// What to count requests under.
    ///
    /// ```
    /// use secure_forms::client_ip::ClientIp;
    ///
    /// let key = |address: &str| address.parse().map(|address| ClientIp::dangerously_assumed(address, "an example").rate_key());
    /// assert_eq!(key("2001:db8::1")?, key("2001:db8::ffff")?);
    /// assert_ne!(key("203.0.113.9")?, key("203.0.113.10")?);
    /// # Ok::<(), std::net::AddrParseError>(())
    /// ```
    pub fn rate_key(&self) -> RateKey {
        match self.0 {
            Found::Known(address) => RateKey(Key::Known(network_of_one(address))),
            Found::Degraded(nearest) => RateKey(Key::Degraded(network_of_one(nearest))),
        }
    }
}

/// What a rate limiter counts under: an IPv4 address, the /64 network of an IPv6 address (one customer has at least that), or the
/// degraded clients behind one proxy, who share a key of their own.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct RateKey(Key);

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
enum Key {
    Known(IpAddr),
    Degraded(IpAddr),
}

impl fmt::Display for RateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (prefix, address) = match self.0 {
            Key::Known(address) => ("", address),
            Key::Degraded(address) => ("degraded ", address),
        };
        let length = if address.is_ipv4() { 32 } else { 64 };
        write!(f, "{prefix}{address}/{length}")
    }
}

fn network_of_one(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
        address => address,
    }
}

/// Right to left through the own proxies, to the first address that is not one of them.
fn walk(trusted: &Networks, peer: IpAddr, entries: &[Option<IpAddr>]) -> ClientIp {
    let mut at = peer;
    if !trusted.contains(at) {
        return ClientIp(Found::Known(at));
    }
    for entry in entries.iter().take(MAX_ENTRIES) {
        let Some(address) = *entry else { return ClientIp(Found::Degraded(at)) };
        at = address;
        if !trusted.contains(at) {
            return ClientIp(Found::Known(at));
        }
    }
    // All were proxies: the leftmost sent the request itself, unless the walk was cut off.
    if entries.len() > MAX_ENTRIES { ClientIp(Found::Degraded(at)) } else { ClientIp(Found::Known(at)) }
}

/// The `n`-th entry from the right. All entries up to it must be addresses.
fn count(n: usize, peer: IpAddr, entries: &[Option<IpAddr>]) -> ClientIp {
    let walked = if n > MAX_ENTRIES { None } else { entries.get(..n) };
    let addresses = walked.and_then(|walked| walked.iter().copied().collect::<Option<Vec<_>>>());
    match addresses.as_deref() {
        Some([.., address]) => ClientIp(Found::Known(*address)),
        _ => ClientIp(Found::Degraded(peer)),
    }
}

/// The one entry of the one line.
fn only(peer: IpAddr, entries: &[Option<IpAddr>]) -> ClientIp {
    match entries {
        [Some(address)] => ClientIp(Found::Known(*address)),
        _ => ClientIp(Found::Degraded(peer)),
    }
}

/// The entries of all lines of a header, from the right. What is not an address is `None`, an empty entry too.
/// One more than are walked, so that a cut is noticed.
fn entries(headers: &HeaderMap, header: &HeaderName) -> Vec<Option<IpAddr>> {
    match joined(headers, header) {
        None => Vec::new(),
        Some(list) if header == FORWARDED => {
            forwarded::elements(&list).take(MAX_ENTRIES + 1).map(forwarded::address).collect()
        }
        Some(list) => list.rsplit(|byte| *byte == b',').take(MAX_ENTRIES + 1).map(node::of_list).collect(),
    }
}

/// Several lines of one header are one list (RFC 9110, section 5.3).
fn joined<'h>(headers: &'h HeaderMap, header: &HeaderName) -> Option<Cow<'h, [u8]>> {
    let mut lines = headers.get_all(header).iter().map(|line| line.as_bytes());
    let mut list = Cow::Borrowed(lines.next()?);
    for line in lines {
        let list = list.to_mut();
        list.push(b',');
        list.extend(line);
    }
    Some(list)
}
