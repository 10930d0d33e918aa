//! Signed cookies through the `cookie` suite: every reason, rotation, tampering, and what nobody may see.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use proptest::prelude::*;
use secure_forms::KeyRing;
use secure_forms::cookie::{CookieName, Cookies, SignedCookies};
use secure_forms::csrf::{Binding, Csrf, OwnOrigins};
use secure_forms::session::{Clock, REMEMBER_COOKIE, RememberToken, SESSION_COOKIE, SessionId, Timestamp};
use secure_forms_tests::cookie::answer;
use serde_json::{Value, json};

const OLD: &str = "b2xkIGtleTogMzIgcmFuZG9tIGJ5dGVzIGdvIGhlcmU=";
const NEW: &str = "bmV3IGtleTogMzIgcmFuZG9tIGJ5dGVzIGdvIGhlcmU=";
const NOW: u64 = 1_700_000_000;

fn seal(name: &str, value: &str, now: u64) -> String {
    let case = json!({ "keys": [OLD], "name": name, "value": value, "now": now, "max_age": 3600, "read": null });
    answer(&case)["cookie"].as_str().unwrap_or_else(|| panic!("{case}")).to_owned()
}

fn read(keys: &[&str], name: &str, cookie: &str, now: u64) -> Value {
    answer(&json!({ "keys": keys, "name": name, "value": null, "now": now, "max_age": 3600, "read": cookie }))
}

fn refused(reason: &str) -> Value {
    json!({ "refused": reason })
}

#[test]
fn what_was_signed_is_read() {
    for value in ["", "ada", "a;b,c=\"d\" \\", "Grüße 👋", "\u{0}\r\n\u{7f}", "{\"admin\":true}"] {
        let cookie = seal("session", value, NOW);
        assert!(cookie.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)), "{cookie}");
        assert_eq!(read(&[OLD], "session", &cookie, NOW), json!({ "value": value, "reissue": false }));
    }
}

#[test]
fn each_reason_has_its_case() {
    let cookie = seal("session", "ada", NOW);
    let mut forged = URL_SAFE_NO_PAD.decode(&cookie).unwrap();
    *forged.last_mut().unwrap() ^= 1;
    assert_eq!(read(&[OLD], "session", &cookie, NOW + 3600)["value"], "ada");
    assert_eq!(read(&[OLD], "session", &cookie, NOW + 3601), refused("expired"));
    assert_eq!(read(&[OLD], "session", &cookie, NOW - 60)["value"], "ada");
    assert_eq!(read(&[OLD], "session", &cookie, NOW - 61), refused("future"));
    assert_eq!(read(&[OLD], "session", "not a cookie", NOW), refused("malformed"));
    assert_eq!(read(&[OLD], "session", &URL_SAFE_NO_PAD.encode(forged), NOW), refused("bad_signature"));
    assert_eq!(read(&[NEW], "session", &cookie, NOW), refused("unknown_key"));
    assert_eq!(read(&[OLD], "role", &cookie, NOW), refused("wrong_name"));
    assert_eq!(read(&[OLD], "session", &"A".repeat(4097), NOW), refused("too_large"));
}

#[test]
fn a_value_that_browsers_would_drop_is_not_made() {
    let case = |length: usize| json!({ "keys": [OLD], "name": "session", "value": "x".repeat(length), "now": NOW, "max_age": 60 });
    assert!(answer(&case(3_000))["cookie"].is_string());
    assert_eq!(answer(&case(4_097)), refused("too_large"));
    assert_eq!(answer(&case(100_000)), refused("too_large"));
}

#[test]
fn an_older_key_still_reads_and_asks_for_a_new_signature() {
    let cookie = seal("session", "ada", NOW);
    assert_eq!(read(&[NEW, OLD], "session", &cookie, NOW), json!({ "value": "ada", "reissue": true }));
    assert_eq!(read(&[OLD, NEW], "session", &cookie, NOW), json!({ "value": "ada", "reissue": false }));
}

#[test]
fn every_flipped_bit_is_refused() {
    let cookie = seal("session", "ada", NOW);
    let bytes = URL_SAFE_NO_PAD.decode(&cookie).unwrap();
    for bit in 0..bytes.len() * 8 {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let answer = read(&[OLD], "session", &URL_SAFE_NO_PAD.encode(changed), NOW);
        assert!(answer["refused"].is_string(), "bit {bit}: {answer}");
    }
    assert_eq!(read(&[OLD], "session", &cookie, NOW)["value"], "ada");
}

#[test]
fn a_case_of_another_form_is_answered_with_an_error() {
    for case in [
        json!(7),
        json!({ "keys": [], "name": "a", "value": "b", "now": 1, "max_age": 1 }),
        json!({ "keys": ["c2hvcnQ="], "name": "a", "value": "b", "now": 1, "max_age": 1 }),
        json!({ "keys": [OLD], "name": "a b", "value": "b", "now": 1, "max_age": 1 }),
        json!({ "keys": [OLD], "name": "a", "value": null, "read": null, "now": 1, "max_age": 1 }),
        json!({ "keys": [OLD], "name": "a", "value": "b", "now": -1, "max_age": 1 }),
    ] {
        assert!(answer(&case)["error"].is_string(), "{case}");
    }
}

#[test]
fn a_whole_round_through_headers() {
    let signed = SignedCookies::new(KeyRing::parse("app", OLD).unwrap());
    let (id, remember) = (SessionId::generate(), RememberToken::generate());
    let mut response = HeaderMap::new();
    signed.set(&SESSION_COOKIE, &id).unwrap().append_to(&mut response);
    signed.set(&REMEMBER_COOKIE, &remember).unwrap().append_to(&mut response);

    let pairs = response.get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap().split(';').next().unwrap());
    let mut request = HeaderMap::new();
    request.insert(COOKIE, HeaderValue::from_str(&pairs.collect::<Vec<_>>().join("; ")).unwrap());
    let cookies = Cookies::from_headers(&request);
    assert_eq!(signed.get(&cookies, &SESSION_COOKIE).unwrap().unwrap().value, id);
    assert_eq!(signed.get(&cookies, &REMEMBER_COOKIE).unwrap().unwrap().value, remember);
}

#[test]
fn guide_cookies() {
    let signed = SignedCookies::new(KeyRing::parse("app", OLD).unwrap());
    let line = |line: HeaderValue| line.to_str().unwrap().to_owned();
    let session = line(signed.set(&SESSION_COOKIE, &SessionId::generate()).unwrap().into());
    let remember = line(signed.set(&REMEMBER_COOKIE, &RememberToken::generate()).unwrap().into());
    for attribute in ["SameSite=Strict", "Secure", "HttpOnly"] {
        assert!(session.split("; ").any(|part| part == attribute), "{session}");
        assert!(remember.split("; ").any(|part| part == attribute), "{remember}");
    }
    assert!(!session.contains("Max-Age"), "{session}");
    assert!(remember.contains("; Max-Age=2592000"), "{remember}");

    // Signed, not encrypted: anyone can read it.
    const THEME: CookieName<String> = CookieName::new("__Host-theme");
    let text = signed.seal(&THEME, &"readable by anyone".to_owned()).unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(text).unwrap();
    assert!(bytes.windows(18).any(|window| window == b"readable by anyone"));
}

#[test]
fn nothing_that_is_formatted_shows_a_key_or_an_identifier() {
    let keys = KeyRing::parse("app", &format!("{NEW},{OLD}")).unwrap();
    let clock = Clock::stopped_at(Timestamp::from_unix(NOW));
    let signed = SignedCookies::new(keys.clone()).with_clock(clock);
    let csrf = Csrf::new(keys.clone(), OwnOrigins::loopback(80));
    let (id, token) = (SessionId::generate(), RememberToken::generate());
    let cookie = signed.set(&SESSION_COOKIE, &id).unwrap();
    let mut request = HeaderMap::new();
    request.insert(COOKIE, HeaderValue::from_str(&format!("a={}", id.expose_text())).unwrap());
    let errors = [KeyRing::parse("app", "c2hvcnQ=").unwrap_err(), KeyRing::parse("app", "b2xkb2xk!").unwrap_err()];

    let visitor = csrf.visitor(&Cookies::from_headers(&request)).unwrap();
    let shown = [
        format!("{keys:?} {keys:#?} {signed:?} {csrf:?} {id:?} {token:?} {:?}", Binding::session(&id)),
        format!("{cookie:?} {:?} {:?}", HeaderValue::from(cookie.clone()), Cookies::from_headers(&request)),
        format!("{errors:?} {} {}", errors[0], errors[1]),
        format!("{:?}", signed.open(&SESSION_COOKIE, &signed.seal(&SESSION_COOKIE, &id).unwrap())),
        format!("{visitor:?}"),
    ]
    .concat();
    for (key, bytes) in [("b2xkb2", "oldold"), ("bmV3bm", "newnew"), ("c2hvcnQ", "short")] {
        let list = format!("{:?}", bytes.as_bytes());
        let list = list.trim_matches(['[', ']']);
        assert!(!shown.contains(key) && !shown.contains(bytes) && !shown.contains(list), "{shown}");
    }
    let secrets =
        [id.expose_text(), token.selector(), visitor.id.expose_text(), signed.seal(&SESSION_COOKIE, &id).unwrap()];
    assert!(secrets.iter().all(|secret| !shown.contains(secret.as_str())), "{shown}");
    assert!(shown.contains("KeyRing") && shown.contains("SessionId(…)"), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_value_comes_back_and_no_other_text_does(value in any::<String>(), noise in "[A-Za-z0-9_-]{0,200}|.{0,40}") {
        let cookie = seal("session", &value, NOW);
        prop_assert_eq!(read(&[OLD], "session", &cookie, NOW), json!({ "value": value, "reissue": false }));
        prop_assert!(read(&[OLD], "session", &noise, NOW)["refused"].is_string());
    }

    #[test]
    fn any_cookie_header_is_read_without_harm(header in prop::collection::vec(prop_oneof![Just(b';'), Just(b'='), Just(b' '), Just(b'a'), 0x20u8..0x7f, 0x80u8..], 0..60)) {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_bytes(&header).unwrap());
        let value = Cookies::from_headers(&headers).get("a");
        prop_assert!(value.is_none_or(|value| !value.contains(';')));
    }

    #[test]
    fn an_age_is_accepted_within_its_limit_only(age in 0u64..10_000, limit in 0u64..10_000) {
        let name = CookieName::<u32>::parse("n").unwrap().max_age(Duration::from_secs(limit));
        let clock = Clock::stopped_at(Timestamp::from_unix(NOW));
        let signed = SignedCookies::new(KeyRing::parse("app", OLD).unwrap()).with_clock(clock.clone());
        let text = signed.seal(&name, &7).unwrap();
        clock.advance(Duration::from_secs(age));
        prop_assert_eq!(signed.open(&name, &text).is_ok(), age <= limit);
    }
}
