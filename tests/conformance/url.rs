//! URLs of pages against the URL Standard as the `url` crate reads it: what is accepted is a URL there, with the same host;
//! what a browser shows is accepted; and which hosts are of the public internet.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ::url::Url;
use proptest::prelude::*;
use secure_forms::form::ProblemKind;
use secure_forms::rule::TextFormat;
use secure_forms::testing;
use secure_forms_core::value::{hostname, url};
use secure_forms_tests::rule::answer;
use serde_json::json;

/// Whether the `url` crate reads the same host.
fn is_the_same(text: &str) -> bool {
    let (Ok(ours), Ok(theirs)) = (url::parse(text), Url::parse(text)) else { return false };
    let same_address = || ours.host.parse::<std::net::Ipv6Addr>().is_ok();
    theirs.host_str().is_some_and(|host| host.eq_ignore_ascii_case(ours.host))
        || ours.host.starts_with('[')
        || same_address()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn an_accepted_encoded_label_is_one_of_the_url_standard(label in "(xn|XN)--[a-z0-9A-Z-]{1,14}", top in "(com|xn--[a-z0-9]{2,7})") {
        let text = format!("http://{label}.{top}/");
        if url::parse(&text).is_ok() {
            prop_assert!(is_the_same(&text), "{}", text);
        }
    }

    #[test]
    fn the_encoded_form_of_any_label_is_one_of_the_url_standard(label in "[\\p{L}\\p{M}\\p{N}\\p{S}a-z0-9-]{1,8}", other in "([a-z0-9]{1,3}\\.)?", top in "(com|قطر)") {
        let encoded = Url::parse(&format!("http://{other}{label}.{top}/"));
        let host = encoded.as_ref().ok().and_then(Url::host_str).unwrap_or_default();
        if hostname::check(host).is_ok() {
            prop_assert!(is_the_same(&format!("http://{host}/")), "{}", host);
        }
    }

    #[test]
    fn an_accepted_url_is_one_of_the_url_standard(rest in "[!-~\u{a0}-\u{2ff}]{0,20}", host in "[a-z0-9x.-]{1,12}") {
        let text = format!("http://{host}/{rest}");
        if url::parse(&text).is_ok() {
            prop_assert!(is_the_same(&text), "{}", text);
        }
    }

    #[test]
    fn what_an_address_bar_gives_is_accepted(path in "[!-$&-\\[\\]-~]{0,9}", query in "[!-$&-\\[\\]-~]{0,9}", fragment in "[!-$&-\\[\\]-~]{0,9}") {
        let shown = Url::parse(&format!("https://example.org/{path}?{query}#{fragment}")).unwrap();
        // But a backslash, and a percent sign that encodes nothing, which others read in their own way.
        let text = shown.as_str();
        prop_assert!(url::parse(text).is_ok(), "{}", text);
    }
}

/// Which characters have which direction is told by blocks here, and by Unicode's table there.
#[test]
fn each_character_beside_a_name_from_right_to_left_is_judged_as_in_the_url_standard() {
    // The letters of China and Korea are many, and all alike.
    let is_alike = |char| matches!(char, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{3ffff}');
    for char in ('\u{80}'..=char::MAX).filter(|char| char.is_alphanumeric() && !is_alike(*char)) {
        for label in [format!("{char}"), format!("a{char}"), format!("{char}a")] {
            let encoded = Url::parse(&format!("http://{label}.example/"))
                .map(|url| url.host_str().unwrap_or_default().to_owned());
            let Some(label) = encoded.as_deref().ok().and_then(|host| host.strip_suffix(".example")) else { continue };
            let host = format!("{label}.xn--wgbl6a");
            assert!(hostname::check(&host).is_err() || is_the_same(&format!("http://{host}/")), "{host}: {char}");
        }
    }
}

/// Names of ordinary letters are accepted in nearly all of the languages' own spelling.
#[test]
fn names_in_other_scripts_are_accepted() {
    let names = [
        "bücher",
        "façade",
        "straße",
        "ñandú",
        "łódź",
        "žluťoučký",
        "ελλάδα",
        "москва",
        "україна",
        "ישראל",
        "مصر",
        "السعودية",
        "भारत",
        "বাংলা",
        "தமிழ்",
        "ไทย",
        "中国",
        "香港",
        "日本語",
        "みんな",
        "한국",
        "հայ",
        "გე",
        "ශ්රී",
        "ලංකා",
        "i❤",
        "💩",
        "café2",
    ];
    for name in names {
        let shown = Url::parse(&format!("https://{name}.example/")).unwrap();
        assert!(url::parse(shown.as_str()).is_ok(), "{name}: {shown}");
    }
}

#[test]
fn an_address_bar_gives_brackets_and_hashes() {
    for text in [
        "https://a.example/?a[]=1&b[x]=2",
        "https://app.element.io/#/#room:x",
        "https://a.example/{}".replace("{}", "[1]").as_str(),
    ] {
        assert!(TextFormat::Url.matches(text), "{text}");
    }
    assert!(!TextFormat::Url.matches("http://xn--a/"));
}

#[derive(Debug, secure_forms::Form)]
struct Feed {
    #[field(url(public))]
    address: String,
}

#[test]
fn a_public_url_is_not_of_the_own_network() {
    let kind = |address: &str| {
        let body = Url::parse_with_params("http://x", [("address", address)]).unwrap();
        let mut sent = testing::submission(body.query().unwrap_or_default().to_owned());
        sent.bind::<Feed>().err().map(|rejected| rejected.report().problems()[0].kind().clone())
    };
    assert_eq!(kind("https://example.org/feed.xml"), None);
    for own in [
        "http://localhost/",
        "http://127.0.0.1/",
        "http://10.0.0.1:8080/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fd00::1]/",
        "http://100.100.100.200/",
        "http://metadata.google.internal/",
        "http://printer.local/",
        "http://intranet/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "javascript:alert(1)",
    ] {
        assert_eq!(kind(own), Some(ProblemKind::Format(TextFormat::PublicUrl)), "{own}");
        let told = answer(&json!({"rule": "url", "args": {"kind": "public"}, "value": own}));
        assert_eq!(told["kind"], "PublicUrl", "{own}");
    }
}
