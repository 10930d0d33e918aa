//! Over what a request arrived: the peer's address, the headers of proxies and the policy that says which proxies are believed enter;
//! plain HTTP or TLS leaves. RFC 7239, section 5.4 (`proto`), and `X-Forwarded-Proto`, read from the right.

use std::net::IpAddr;

use http::HeaderMap;
use http::header::{FORWARDED, HeaderName};
use secure_forms_core::protocol;

use super::forwarded;
use super::policy::ClientIpPolicy;

const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static(protocol::X_FORWARDED_PROTO);

/// How a request arrived.
///
/// A server that ends TLS itself puts [`Transport::Tls`] into the request's extensions; behind proxies that do,
/// [`Transport::resolve`] asks them.
///
/// ```
/// use http::{HeaderMap, HeaderName, HeaderValue};
/// use secure_forms::client_ip::{ClientIpPolicy, Transport};
///
/// let policy = ClientIpPolicy::Proxies {
///     trusted: "10.0.0.0/8".parse()?,
///     header: HeaderName::from_static("x-forwarded-for"),
/// };
/// let mut headers = HeaderMap::new();
/// headers.insert("x-forwarded-proto", HeaderValue::from_static("https"));
/// assert_eq!(Transport::resolve(&policy, "10.0.0.1".parse()?, &headers), Transport::Tls);
///
/// // Whoever is no proxy of ours may write what he likes.
/// assert_eq!(Transport::resolve(&policy, "198.51.100.66".parse()?, &headers), Transport::Plain);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Security
/// The scheme of a request's target is written by its sender and has no part in it. A proxy that is believed must write the header anew for
/// each request: one that hands on what its clients wrote lets them choose.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Transport {
    /// Plain HTTP.
    Plain,
    /// HTTPS.
    Tls,
}

impl Transport {
    /// What the nearest proxy says, if the policy believes it: the last `proto` of `Forwarded` where the policy reads that header, else
    /// the last value of `X-Forwarded-Proto`. Everything but `https` is plain.
    pub fn resolve(policy: &ClientIpPolicy, peer: IpAddr, headers: &HeaderMap) -> Self {
        let scheme = match policy.believed(peer.to_canonical()) {
            Some(header) if *header == FORWARDED => forwarded_proto(headers),
            Some(_) => last_value(headers),
            None => None,
        };
        if scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"https")) { Self::Tls } else { Self::Plain }
    }
}

fn forwarded_proto(headers: &HeaderMap) -> Option<Vec<u8>> {
    let list = super::joined(headers, &FORWARDED)?;
    forwarded::value(forwarded::elements(&list).next()?, b"proto")
}

fn last_value(headers: &HeaderMap) -> Option<Vec<u8>> {
    let list = super::joined(headers, &X_FORWARDED_PROTO)?;
    list.rsplit(|byte| *byte == b',').next().map(|value| value.trim_ascii().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(header: &'static str, peer: &str, lines: &[(&'static str, &str)]) -> Transport {
        let policy =
            ClientIpPolicy::Proxies { trusted: "10.0.0.0/8".parse().unwrap(), header: HeaderName::from_static(header) };
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, value.parse().unwrap());
        }
        Transport::resolve(&policy, peer.parse().unwrap(), &headers)
    }

    #[test]
    fn the_nearest_proxy_is_believed() {
        let proto = |lines: &[&str]| {
            let lines: Vec<_> = lines.iter().map(|line| ("x-forwarded-proto", *line)).collect();
            resolve("x-forwarded-for", "10.0.0.1", &lines)
        };
        for lines in [&["https"][..], &[" HTTPS "], &["http, https"], &["http", "https"], &["x\"y, https"]] {
            assert_eq!(proto(lines), Transport::Tls, "{lines:?}");
        }
        for lines in
            [&[][..], &[""], &["http"], &["https, http"], &["https", "http"], &["https,"], &["https x"], &["wss"]]
        {
            assert_eq!(proto(lines), Transport::Plain, "{lines:?}");
        }
    }

    #[test]
    fn forwarded_is_read_where_the_policy_reads_it_and_nothing_else_then() {
        let proto =
            |line: &str| resolve("forwarded", "10.0.0.1", &[("forwarded", line), ("x-forwarded-proto", "https")]);
        assert_eq!(proto("for=1.2.3.4;proto=http, for=1.2.3.4;Proto=\"https\""), Transport::Tls);
        for line in
            ["for=1.2.3.4", "proto=https, for=1.2.3.4", "proto=https;proto=https", "proto=https;for=\"", "proto=http"]
        {
            assert_eq!(proto(line), Transport::Plain, "{line}");
        }
        assert_eq!(resolve("x-forwarded-for", "10.0.0.1", &[("forwarded", "proto=https")]), Transport::Plain);
    }

    #[test]
    fn a_stranger_is_not_believed() {
        assert_eq!(resolve("x-forwarded-for", "192.0.2.1", &[("x-forwarded-proto", "https")]), Transport::Plain);
        let headers = HeaderMap::from_iter([(X_FORWARDED_PROTO, "https".parse().unwrap())]);
        assert_eq!(Transport::resolve(&ClientIpPolicy::Peer, "10.0.0.1".parse().unwrap(), &headers), Transport::Plain);
    }
}
