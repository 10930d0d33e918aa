//! The redirect rule against its vectors and against every short string over the bytes that have ever opened a redirect.
//! The judges are the URL Standard's parsers `url` and, with the feature `ada-oracle`, `ada-url`; a second writing of the rule,
//! as plain as its description, must agree with the first on every string.
//!
//! `cargo test -p secure-forms-tests --test redirect -- --nocapture` prints the counts.
#![allow(clippy::unwrap_used, reason = "helpers of a suite, not in #[test] functions themselves")]

#[path = "redirect/enumerate.rs"]
mod enumerate;
#[path = "redirect/naive.rs"]
mod naive;
#[path = "redirect/oracle.rs"]
mod oracle;
#[path = "redirect/reference.rs"]
mod reference;

use secure_forms_core::path::redirect;
use serde_json::{Value, json};

use enumerate::{DANGEROUS, PLAIN, TOKENS, bytes, tokens};
use oracle::{Place, Site};
use reference::Reference;

fn vectors() -> Value {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/redirect.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn every_target_to_honour_is_emitted_as_the_vectors_say() {
    for case in vectors()["accept"].as_array().unwrap() {
        let answer = secure_forms_tests::redirect::answer(&json!({"next": case["next"]}));
        assert_eq!(answer, json!({"accepted": true, "location": case["location"]}), "{case}");
    }
}

#[test]
fn every_target_to_refuse_is_refused() {
    for next in vectors()["refuse"].as_array().unwrap() {
        let answer = secure_forms_tests::redirect::answer(&json!({"next": next}));
        assert_eq!(answer["accepted"], json!(false), "{next}");
    }
}

/// Lengths 1 to 6, beginning with a slash, over the 17 bytes that pass unencoded: as given and as emitted.
#[test]
fn accepted_text_stays_on_the_origin_as_given_and_as_emitted() {
    let sites = Site::both();
    let (mut strings, mut accepted, mut leaks) = (0u64, 0u64, 0u64);
    bytes(&PLAIN, "/", 0..=5, &mut |text| {
        strings += 1;
        if let Ok(emitted) = redirect(text) {
            accepted += 1;
            let as_given = sites.iter().all(|site| site.place(text) == Place::Here);
            let as_emitted = emitted == text || sites.iter().all(|site| site.place(&emitted) == Place::Here);
            leaks += u64::from(!(as_given && as_emitted));
        }
    });
    println!("17 bytes: {strings} strings, {accepted} accepted, {leaks} leaks ({})", oracle::JUDGES);
    assert_eq!((strings, leaks), (1_508_598, 0));
    assert!(accepted > strings / 2, "a rule that refuses everything proves nothing");
}

/// Lengths 1 to 5 over all 23 bytes, as input.
#[test]
fn whatever_is_accepted_of_all_dangerous_bytes_is_emitted_safe() {
    let sites = Site::both();
    let (mut strings, mut accepted, mut wrong) = (0u64, 0u64, 0u64);
    bytes(&DANGEROUS, "", 1..=5, &mut |text| {
        strings += 1;
        if let Ok(emitted) = redirect(text) {
            accepted += 1;
            wrong += u64::from(!is_emitted_safe(&emitted, &sites) || !sites[0].asks_for(&emitted));
        }
        assert_eq!(redirect(text).ok().as_deref(), Reference::FULL.redirect(text).as_deref(), "{text:?}");
    });
    println!("23 bytes: {strings} strings, {accepted} accepted, {wrong} emitted wrongly ({})", oracle::JUDGES);
    assert_eq!((strings, wrong), (6_728_903, 0));
    assert!(accepted > 100_000, "a rule that refuses everything proves nothing");
}

/// Up to 6 of the tokens that hide slashes, dots and controls; also as a proxy that decodes would send them on.
#[test]
fn whatever_is_accepted_of_hidden_slashes_and_dots_is_emitted_safe() {
    let sites = Site::both();
    let (mut strings, mut accepted, mut wrong) = (0u64, 0u64, 0u64);
    tokens(&TOKENS, 1..=6, &mut |text| {
        strings += 1;
        if let Ok(emitted) = redirect(text) {
            accepted += 1;
            wrong += u64::from(!is_emitted_safe(&emitted, &sites) || !is_final(&emitted, &sites[0]));
        }
        if text.starts_with('/') {
            assert_eq!(redirect(text).ok().as_deref(), Reference::FULL.redirect(text).as_deref(), "{text:?}");
        }
    });
    println!("15 tokens: {strings} strings, {accepted} accepted, {wrong} emitted wrongly ({})", oracle::JUDGES);
    assert_eq!((strings, wrong), (12_204_240, 0));
    assert!(accepted > 100_000, "a rule that refuses everything proves nothing");
}

fn is_emitted_safe(emitted: &str, sites: &[Site]) -> bool {
    emitted.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\\"<>".contains(&byte))
        && redirect(emitted).is_ok_and(|again| again == emitted)
        && sites.iter().all(|site| site.place(emitted) == Place::Here)
}

/// Nobody on the way reads it otherwise: no browser, and no proxy that decodes.
fn is_final(emitted: &str, site: &Site) -> bool {
    site.place(emitted) == Place::Here && site.asks_for(emitted) && site.survives_decoding(emitted)
}

/// The suite has teeth: rules that programs have shipped with are caught by the strings above.
#[test]
fn naive_rules_are_caught() {
    let site = &Site::both()[0];
    let mut caught = [[0u64; 2]; naive::RULES.len()];
    let mut strings = 0u64;
    bytes(&DANGEROUS, "", 5..=5, &mut |text| {
        strings += 1;
        for (rule, caught) in naive::RULES.iter().zip(&mut caught) {
            if (rule.accepts)(text) {
                match site.place(text) {
                    Place::Here => {}
                    Place::Elsewhere => caught[0] += 1,
                    Place::TwoSlashes => caught[1] += 1,
                }
            }
        }
    });
    for (rule, [leave, two_slashes]) in naive::RULES.iter().zip(caught) {
        println!(
            "{}: {leave} leave the origin or are invalid, {two_slashes} become `//` when emitted again",
            rule.name
        );
    }
    assert_eq!(strings, 6_436_343);
    assert_eq!(caught, naive::RULES.map(|rule| rule.caught));
}

/// Mutants of the rule itself, which forget a step.
#[test]
fn a_rule_that_forgets_a_step_is_caught() {
    let site = &Site::both()[0];
    let mut wrong = [0u64; 3];
    let forgetful = [Reference::WITHOUT_ENCODED_DOTS, Reference::WITHOUT_DECODING, Reference::WITHOUT_DOT_SEGMENTS];
    tokens(&TOKENS, 1..=5, &mut |text| {
        for (rule, wrong) in forgetful.iter().zip(&mut wrong) {
            if let Some(emitted) = rule.redirect(text) {
                *wrong += u64::from(!is_final(&emitted, site));
            }
        }
    });
    println!(
        "emitted wrongly without %2e: {}, without decoding: {}, without dot segments: {}",
        wrong[0], wrong[1], wrong[2]
    );
    assert!(wrong.iter().all(|wrong| *wrong > 0), "{wrong:?}");
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn text_of_any_alphabet_is_emitted_safe(text in "/(\\PC|[/.?#;a\\\\%2eEfF5c09 é\"<>]){0,30}") {
        if let Ok(emitted) = redirect(&text) {
            proptest::prop_assert!(is_emitted_safe(&emitted, &Site::both()), "{text:?} gives {emitted:?}");
            proptest::prop_assert!(Site::both()[0].survives_decoding(&emitted), "{text:?} gives {emitted:?}");
        }
    }

    #[test]
    fn both_writings_of_the_rule_agree(text in "/(\\PC|[/.?#;a\\\\%2eEfF5c093\u{85}\t é\"<>]){0,30}") {
        let (first, second) = (redirect(&text).ok(), Reference::FULL.redirect(&text));
        proptest::prop_assert_eq!(first.as_deref(), second.as_deref());
    }

    #[test]
    fn a_listed_origin_stays_the_only_one(rest in "(\\PC|[/.?#;a@:\\\\%2e09]){0,20}") {
        let text = format!("https://a.example{rest}");
        let listed = [secure_forms_core::origin::Origin::exact("https://a.example").unwrap()];
        if let Ok(emitted) = secure_forms_core::path::listed_redirect(&text, &listed) {
            let url = url::Url::parse(&emitted).unwrap();
            proptest::prop_assert_eq!(url.origin().ascii_serialization(), "https://a.example");
        }
    }
}
