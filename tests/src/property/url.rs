//! Addresses of pages: what is accepted is one of the URL Standard with the same host, and no spelling of a private address is a
//! public one.

use std::net::IpAddr;

use ::url::{Host, Url};
use secure_forms_core::value::public::is_public_address;
use secure_forms_core::value::url;

use super::Property;

pub(super) const PROPERTY: Property = Property {
    name: "url",
    seeds: &[
        "https://example.org:8443/a?b[]=c#/#d",
        "http://xn--bcher-kva.xn--wgbl6a/",
        "http://[::ffff:127.0.0.1]/x",
        "http://0x7f.1/",
        "http://169.254.169.254/latest",
    ],
    holds,
};

fn holds(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let Ok(ours) = url::parse(text) else { return };
    let theirs = Url::parse(text).ok();
    let host = theirs.as_ref().and_then(Url::host);
    assert!(host.is_some(), "{text:?} is no URL of the URL Standard");
    let address = match host {
        Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
        Some(Host::Domain(name)) => {
            assert!(name.eq_ignore_ascii_case(ours.host), "{text:?}");
            None
        }
        None => None,
    };
    assert!(address.is_none_or(|address| is_public_address(address) == ours.is_public()), "{text:?}");
}
