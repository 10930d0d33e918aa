//! `Forwarded` and `X-Forwarded-For`: whatever a client sends, what its proxy appended is the answer; a stranger is himself.

use std::net::{IpAddr, Ipv4Addr};

use http::{HeaderMap, HeaderName, HeaderValue};
use secure_forms::client_ip::{ClientIp, ClientIpPolicy, Network, Networks};

use super::Property;

pub(super) const PROPERTY: Property = Property {
    name: "client_ip",
    seeds: &[
        "for=203.0.113.9;proto=https, for=\"[2001:db8::1]:80\"",
        "203.0.113.9, 10.0.0.2,::ffff:10.0.0.3",
        "for=\"_x\\\"\";host=\"a,b\", for=unknown",
    ],
    holds,
};

const PROXY: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
const STRANGER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7));

fn holds(input: &[u8]) {
    let Ok(proxies) = Network::parse("10.0.0.0/8") else { return };
    for (name, appended) in [
        ("x-forwarded-for", "198.51.100.7"),
        ("forwarded", "for=198.51.100.7"),
        ("forwarded", r#"proto=https;host="\",";for="198.51.100.7:80""#),
    ] {
        let header = HeaderName::from_static(name);
        let policy = ClientIpPolicy::Proxies { trusted: Networks::from_iter([proxies]), header: header.clone() };
        let joined = [input, b", ", appended.as_bytes()].concat();
        for lines in [vec![&*joined], vec![input, appended.as_bytes()]] {
            let values: Result<Vec<_>, _> = lines.into_iter().map(HeaderValue::from_bytes).collect();
            let Ok(values) = values else { continue };
            let headers: HeaderMap = values.into_iter().map(|value| (header.clone(), value)).collect();
            assert_eq!(ClientIp::resolve(&policy, PROXY, &headers).address(), Some(CLIENT), "{headers:?}");
            assert_eq!(ClientIp::resolve(&policy, STRANGER, &headers).address(), Some(STRANGER));
        }
    }
}
