//! Which hops may name a client. There is no default: how a site is reached is known to its operator only.

use std::net::IpAddr;
use std::num::NonZeroU8;

use http::HeaderName;

use super::network::Networks;

/// How the address of a client is found. Every policy that reads a header says whose word it takes.
///
/// | policy | for | reads |
/// |---|---|---|
/// | `Peer` | a server that clients reach directly | no header |
/// | `Proxies` | proxies at known addresses | the list, to the first address that is no proxy |
/// | `Hops` | a known number of proxies at changing addresses | the n-th entry from the right |
/// | `Single` | a CDN that sets one header to one address | that header |
///
/// A header named `forwarded` is read by RFC 7239, any other as a list of addresses separated by commas. No second header is ever
/// consulted.
///
/// ```
/// use std::num::NonZeroU8;
/// use http::HeaderName;
/// use secure_forms::client_ip::ClientIpPolicy;
///
/// let behind_a_balancer = ClientIpPolicy::Hops {
///     n: NonZeroU8::MIN,
///     header: HeaderName::from_static("x-forwarded-for"),
///     only_from: "10.0.0.0/8".parse()?,
/// };
/// assert_ne!(behind_a_balancer, ClientIpPolicy::Peer);
/// # Ok::<(), secure_forms::client_ip::NetworkError>(())
/// ```
///
/// # Security
/// A header that clients can reach the server with is a header that clients can forge: name the narrowest networks. Where a firewall
/// lets nobody but the proxies through and their addresses change, `only_from` can be [`Networks::dangerously_everyone`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ClientIpPolicy {
    /// The address of the connection.
    Peer,
    /// From right to left while the address belongs to a proxy.
    Proxies {
        /// The proxies themselves, not networks of clients: whoever is in them can name any address.
        trusted: Networks,
        /// Where they append the address of whom they were reached by.
        header: HeaderName,
    },
    /// A fixed number of entries from the right.
    Hops {
        /// How many proxies append to the header: 1 takes the last entry. More than 64 are never found.
        n: NonZeroU8,
        /// Where they append.
        header: HeaderName,
        /// Who may connect with such a header; others are taken by the address of their connection.
        only_from: Networks,
    },
    /// One line with one address.
    Single {
        /// The line.
        header: HeaderName,
        /// Who may connect with it; others are taken by the address of their connection.
        only_from: Networks,
    },
}

impl ClientIpPolicy {
    /// The header in which this peer is believed; none if it is not one of those that the policy names.
    pub(super) fn believed(&self, peer: IpAddr) -> Option<&HeaderName> {
        let (header, from) = match self {
            Self::Peer => return None,
            Self::Proxies { trusted, header } => (header, trusted),
            Self::Hops { header, only_from, .. } | Self::Single { header, only_from } => (header, only_from),
        };
        from.contains(peer).then_some(header)
    }
}
