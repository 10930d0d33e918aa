//! Addresses of clients against the project's vectors, and the properties that hold for every header.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::net::IpAddr;

use http::{HeaderMap, HeaderName, HeaderValue};
use proptest::prelude::*;
use secure_forms::client_ip::{ClientIp, ClientIpPolicy};
use secure_forms_tests::client_ip::answer;
use serde_json::{Value, json};

const PROXY: &str = "10.0.0.1";

fn vectors() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("../vectors/client-ip.json")).unwrap();
    file["cases"].as_array().unwrap().clone()
}

fn proxies(header: &'static str) -> ClientIpPolicy {
    ClientIpPolicy::Proxies { trusted: "10.0.0.0/8".parse().unwrap(), header: HeaderName::from_static(header) }
}

fn resolve(header: &'static str, peer: &str, lines: &[&str]) -> ClientIp {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append(header, HeaderValue::from_str(line).unwrap());
    }
    ClientIp::resolve(&proxies(header), peer.parse().unwrap(), &headers)
}

fn known(address: &str) -> ClientIp {
    ClientIp::dangerously_assumed(address.parse().unwrap(), "a test")
}

#[test]
fn a_policy_that_trusts_strangers_is_refused() {
    for kind in ["proxies", "hops", "single"] {
        for network in ["0.0.0.0/0", "128.0.0.0/1", "::/0", "::ffff:0.0.0.0/96"] {
            let networks = [network];
            let policy = json!({ kind: { "trusted": networks, "only_from": networks, "n": 1, "header": "x-real-ip" } });
            let case = json!({ "policy": policy, "peer": "6.6.6.6", "headers": [["x-real-ip", "127.0.0.1"]] });
            assert!(answer(&case)["error"].as_str().unwrap_or_default().contains("trusts strangers"), "{case}");
        }
    }
}

#[test]
fn every_vector_holds() {
    let cases = vectors();
    assert!(cases.len() >= 35, "{} vectors", cases.len());
    for case in &cases {
        assert_eq!(answer(case), json!({ "ip": case["ip"], "degraded": case["degraded"] }), "{case}");
    }
}

#[test]
fn a_case_of_another_form_is_answered_with_an_error() {
    for case in [
        json!(null),
        json!({ "policy": "all", "peer": PROXY, "headers": [] }),
        json!({ "policy": "peer", "peer": "10.0.0.1:80", "headers": [] }),
        json!({ "policy": "peer", "peer": PROXY, "headers": [["a b", "c"]] }),
        json!({ "policy": { "hops": { "n": 0, "header": "x" } }, "peer": PROXY, "headers": [] }),
        json!({ "policy": { "proxies": { "header": "x" } }, "peer": PROXY, "headers": [] }),
        json!({ "policy": { "proxies": { "trusted": ["10.0.0.0/33"], "header": "x" } }, "peer": PROXY, "headers": [] }),
    ] {
        assert!(answer(&case)["error"].is_string(), "{case}");
    }
}

#[test]
fn a_degraded_client_has_no_address_and_a_key_of_its_own() {
    let degraded = resolve("x-forwarded-for", PROXY, &["unknown"]);
    let proxy = resolve("x-forwarded-for", PROXY, &[]);
    assert_eq!((degraded.address(), degraded.nearest()), (None, PROXY.parse().unwrap()));
    assert_eq!(proxy.address(), Some(PROXY.parse().unwrap()));
    assert_ne!(degraded.rate_key(), proxy.rate_key());
}

#[test]
fn rate_keys_are_addresses_of_ipv4_and_networks_of_ipv6() {
    let key = |address: &str| known(address).rate_key();
    assert_eq!(key("203.0.113.9").to_string(), "203.0.113.9/32");
    assert_eq!(key("::ffff:203.0.113.9"), key("203.0.113.9"));
    assert_eq!(key("2001:db8:0:1:2:3:4:5").to_string(), "2001:db8:0:1::/64");
    assert_ne!(key("2001:db8:0:1::1"), key("2001:db8:0:2::1"));
    assert_eq!(resolve("x-forwarded-for", PROXY, &["?"]).rate_key().to_string(), "degraded 10.0.0.1/32");
}

#[test]
fn sixty_four_entries_are_walked_and_not_one_more() {
    let chain = |proxies: usize| format!("203.0.113.9{}", ", 10.0.0.2".repeat(proxies));
    for (header, prefix) in [("x-forwarded-for", ""), ("forwarded", "for=")] {
        let line =
            |proxies| chain(proxies).split(", ").map(|ip| format!("{prefix}{ip}")).collect::<Vec<_>>().join(", ");
        assert_eq!(resolve(header, PROXY, &[&line(63)]).address(), Some("203.0.113.9".parse().unwrap()), "{header}");
        assert!(resolve(header, PROXY, &[&line(64)]).is_degraded(), "{header}");
    }
    let only_proxies = vec!["10.0.0.2"; 64].join(",");
    assert_eq!(resolve("x-forwarded-for", PROXY, &[&only_proxies]).address(), Some("10.0.0.2".parse().unwrap()));
}

#[test]
fn hops_stop_at_garbage_on_their_way_and_do_not_look_further() {
    let hops = |n: u8, line: &str| {
        answer(&json!({
            "policy": { "hops": { "n": n, "header": "X-Forwarded-For" } }, "peer": PROXY, "headers": [["x-forwarded-FOR", line]],
        }))
    };
    let degraded = json!({ "ip": PROXY, "degraded": true });
    assert_eq!(hops(1, "garbage, 203.0.113.9"), json!({ "ip": "203.0.113.9", "degraded": false }));
    assert_eq!(hops(2, "203.0.113.9, garbage"), degraded);
    assert_eq!(hops(2, "garbage, 203.0.113.9"), degraded);
    assert_eq!(hops(2, ",203.0.113.9"), degraded);
    assert_eq!(hops(65, &["203.0.113.9"; 80].join(",")), degraded);
    assert_eq!(hops(64, &["203.0.113.9"; 80].join(",")), json!({ "ip": "203.0.113.9", "degraded": false }));
}

#[test]
fn a_single_header_is_one_line_with_one_address() {
    let single = |lines: &[&str]| {
        let headers: Vec<_> = lines.iter().map(|line| json!(["x-real-ip", line])).collect();
        let policy = json!({ "single": { "header": "x-real-ip", "only_from": ["10.0.0.0/8"] } });
        answer(&json!({ "policy": policy, "peer": PROXY, "headers": headers }))
    };
    let degraded = json!({ "ip": PROXY, "degraded": true });
    assert_eq!(single(&[" 203.0.113.9 "]), json!({ "ip": "203.0.113.9", "degraded": false }));
    for lines in [&[][..], &[""], &["unknown"], &["203.0.113.9, 10.0.0.2"], &["203.0.113.9", "203.0.113.9"]] {
        assert_eq!(single(lines), degraded, "{lines:?}");
    }
}

#[test]
fn nobody_but_a_proxy_is_listened_to() {
    for line in ["127.0.0.1", "10.0.0.2", "garbage", ""] {
        let stranger = resolve("x-forwarded-for", "203.0.113.66", &[line]);
        assert_eq!(stranger, known("203.0.113.66"), "{line}");
    }
    assert_ne!(resolve("x-forwarded-for", PROXY, &["127.0.0.1"]), known(PROXY));
}

#[test]
fn a_peer_on_a_dual_stack_socket_is_the_same_client() {
    let mapped = resolve("x-forwarded-for", "::ffff:203.0.113.66", &[]);
    assert_eq!(mapped, known("203.0.113.66"));
    assert_eq!(resolve("x-forwarded-for", "::ffff:10.0.0.1", &["?"]).nearest(), PROXY.parse::<IpAddr>().unwrap());
}

/// Pieces that mean something to a reader of these headers, and some that do not.
fn hostile_line() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "for=",
        "FOR=",
        "203.0.113.9",
        "10.0.0.2",
        "\"",
        "\\",
        ",",
        ";",
        " ",
        "\t",
        "=",
        "[",
        "]",
        ":",
        "::1",
        "1",
        "_x",
        "unknown",
        "proto=https",
        "[::ffff:10.0.0.3]",
        "/",
        "é",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// What the sender writes stands to the left of what the proxy appends and must not change how that is read.
    #[test]
    fn nothing_on_the_left_changes_what_a_proxy_appended(forged in hostile_line(), is_own_line in any::<bool>()) {
        for (header, appended) in [
            ("x-forwarded-for", "198.51.100.7"),
            ("forwarded", "for=198.51.100.7"),
            ("forwarded", "for=\"198.51.100.7:80\";host=\"a,b\""),
            ("forwarded", r#"proto=https;host="\"";for=198.51.100.7"#),
        ] {
            let joined = format!("{forged}, {appended}");
            let lines: &[&str] = if is_own_line { &[&forged, appended] } else { &[&joined] };
            let expected: IpAddr = "198.51.100.7".parse().unwrap();
            prop_assert_eq!(resolve(header, PROXY, lines).address(), Some(expected), "{} {:?}", header, lines);
        }
    }

    /// No header makes a stranger into someone else, and no answer is an address that nobody wrote.
    #[test]
    fn any_header_is_answered(line in hostile_line(), n in 1u8..5) {
        for header in ["x-forwarded-for", "forwarded"] {
            for policy in [
                json!("peer"),
                json!({ "proxies": { "trusted": ["10.0.0.0/8"], "header": header } }),
                json!({ "hops": { "n": n, "header": header, "only_from": ["10.0.0.0/8"] } }),
                json!({ "single": { "header": header, "only_from": ["10.0.0.0/8"] } }),
            ] {
                let known = answer(&json!({ "policy": policy, "peer": PROXY, "headers": [[header, line]] }));
                prop_assert!(known["error"].is_null(), "{} {}", line, known);
                let stranger = answer(&json!({ "policy": policy, "peer": "192.0.2.1", "headers": [[header, line]] }));
                prop_assert_eq!(stranger, json!({ "ip": "192.0.2.1", "degraded": false }));
            }
        }
    }
}
