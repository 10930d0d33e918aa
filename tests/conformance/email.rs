//! Email addresses. The level `html` against the regular expression that the HTML Standard prints (4.10.5.1.5), on every
//! short text of an alphabet; the level `strict` against the same with the limits of RFC 5321 (4.1.2, 4.5.3.1) written
//! plainly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use secure_forms_core::value::email::{Level, check};
use secure_forms_pattern::{Compiled, Options, compile};
use secure_forms_tests::rule::answer;
use serde_json::json;

/// HTML Standard, 4.10.5.1.5, "valid email address".
const STANDARD: &str = r"[a-zA-Z0-9.!#$%&'*+\/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*";

/// What `strict` adds, one sentence each.
fn is_strict(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else { return false };
    let is_misdotted = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    let top = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.')
        && !is_number(top)
        && !local.starts_with('-')
        && !is_misdotted
        && local.len() <= 64
        && domain.len() <= 255
        && address.len() <= 254
}

/// URL Standard, 3.5; RFC 3696, 2.
fn is_number(label: &str) -> bool {
    let lower = label.to_ascii_lowercase();
    let hexadecimal =
        lower.strip_prefix("0x").is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    hexadecimal || lower.bytes().all(|byte| byte.is_ascii_digit())
}

fn agree(standard: &Compiled, text: &str) {
    let html = standard.matches(text);
    assert_eq!(check(text, Level::Html).is_ok(), html, "html: {text:?}");
    assert_eq!(check(text, Level::Strict).is_ok(), html && is_strict(text), "strict: {text:?}");
}

#[test]
fn every_short_text_is_judged_as_the_standard_judges() {
    const ALPHABET: [&str; 8] = ["a", "7", "@", ".", "-", "+", " ", "é"];
    let standard = compile(STANDARD, Options::default()).unwrap();
    for length in 0..=6 {
        for mut number in 0..ALPHABET.len().pow(length) {
            let mut text = String::new();
            for _ in 0..length {
                text.push_str(ALPHABET[number % ALPHABET.len()]);
                number /= ALPHABET.len();
            }
            agree(&standard, &text);
        }
    }
}

#[test]
fn every_byte_at_every_place() {
    let standard = compile(STANDARD, Options::default()).unwrap();
    for byte in 0..=0x7f_u8 {
        let char = char::from(byte);
        for text in [
            format!("{char}a@b.co"),
            format!("a{char}a@b.co"),
            format!("a{char}@b.co"),
            format!("a@{char}b.co"),
            format!("a@b{char}b.co"),
            format!("a@b{char}.co"),
            format!("a@b.c{char}o"),
            format!("a@b.co{char}"),
        ] {
            agree(&standard, &text);
        }
    }
}

#[test]
fn every_length_around_the_limits() {
    let standard = compile(STANDARD, Options::default()).unwrap();
    for label in 60..=66 {
        agree(&standard, &format!("a@{}.co", "b".repeat(label)));
        agree(&standard, &format!("{}@b.co", "a".repeat(label)));
        for last in 1..=64 {
            let domain = ["b".repeat(63), "c".repeat(63), "d".repeat(63), "e".repeat(last)].join(".");
            agree(&standard, &format!("{}@{domain}", "a".repeat(label)));
            agree(&standard, &format!("a@{domain}"));
        }
    }
}

#[test]
fn no_address_of_the_type_ends_in_a_number_or_begins_as_an_option_does() {
    for bad in
        ["a@127.0.0.1", "a@999.999.999.999", "a@127.1", "a@example.1", "a@1.2", "-oXqueue@b.co", "-@b.co", "a@xn--a.co"]
    {
        assert!(bad.parse::<secure_forms::EmailAddress>().is_err(), "{bad}");
        let html = answer(&json!({"rule": "email", "args": {"level": "html"}, "value": bad}));
        assert_eq!(html, json!({"ok": true}), "{bad} passes in a browser");
    }
    for good in ["a-b@b.co", "a@1.example", "a@3com.com", "a@xn--bcher-kva.example"] {
        assert!(good.parse::<secure_forms::EmailAddress>().is_ok(), "{good}");
    }
}

#[test]
fn the_rule_names_its_kind() {
    let judge = |level: &str, value: &str| answer(&json!({"rule": "email", "args": {"level": level}, "value": value}));
    assert_eq!(judge("html", "ada@localhost"), json!({"ok": true}));
    assert_eq!(judge("strict", "ada@localhost")["kind"], "Email");
    assert_eq!(answer(&json!({"rule": "email", "value": "ada@localhost"}))["kind"], "Email", "strict is the default");
}

#[test]
fn the_rfc_takes_quoted_names_and_literals() {
    let judge = |level: &str, value: &str| answer(&json!({"rule": "email", "args": {"level": level}, "value": value}));
    // RFC 5321, 4.1.2 and 4.1.3.
    for address in ["\"ada lovelace\"@example.org", "ada@[192.0.2.1]", "ada@localhost"] {
        assert_eq!(judge("rfc", address), json!({"ok": true}), "{address}");
        assert_eq!(judge("strict", address)["kind"], "Email", "{address}");
    }
    for text in ["ada", "ada lovelace@example.org", "a..b@example.org", "@example.org", "ada@"] {
        assert_eq!(judge("rfc", text)["kind"], "Email", "{text}");
    }
}
