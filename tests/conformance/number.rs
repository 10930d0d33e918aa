//! Numbers as HTML writes them (HTML Standard, 2.3.4.1 and 2.3.4.3), less the exponents: every short text of an alphabet
//! against the grammar as a pattern, and against the standard library's reading of what the grammar takes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use secure_forms_core::value::number::{NumberProblem, float, integer};
use secure_forms_pattern::{Options, compile};
use secure_forms_tests::rule::answer;
use serde_json::{Value, json};

fn every_text(alphabet: &[&str], length: u32, mut judge: impl FnMut(&str)) {
    for mut number in 0..alphabet.len().pow(length) {
        let mut text = String::new();
        for _ in 0..length {
            text.push_str(alphabet[number % alphabet.len()]);
            number /= alphabet.len();
        }
        judge(&text);
    }
}

const ALPHABET: [&str; 9] = ["0", "7", "9", "-", "+", ".", "e", " ", "٣"];

#[test]
fn every_short_text_is_an_integer_as_the_standard_says() {
    let grammar = compile("-?[0-9]+", Options::default()).unwrap();
    for length in 0..=5 {
        every_text(&ALPHABET, length, |text| {
            let expected = match text.parse::<i64>() {
                Ok(value) if grammar.matches(text) => i8::try_from(value).map_err(|_| NumberProblem::OutOfRange),
                _ => Err(NumberProblem::NotANumber),
            };
            assert_eq!(integer::<i8>(text), expected, "{text:?}");
        });
    }
}

#[test]
fn every_short_text_is_a_fraction_as_the_standard_says() {
    let grammar = compile(r"-?(?:[0-9]+|[0-9]*\.[0-9]+)", Options::default()).unwrap();
    for length in 0..=5 {
        every_text(&ALPHABET, length, |text| {
            let expected = if grammar.matches(text) { text.parse().ok() } else { None };
            assert_eq!(float::<f64>(text).ok(), expected, "{text:?}");
        });
    }
}

fn judge(rule: &str, args: Value, value: &str) -> Value {
    let answer = answer(&json!({"rule": rule, "args": args, "value": value}));
    answer.get("kind").unwrap_or(&answer["ok"]).clone()
}

#[test]
fn a_range_holds_both_of_its_ends() {
    let age = json!({"min": 13, "max": 150});
    for (value, verdict) in [
        ("13", json!(true)),
        ("150", json!(true)),
        ("0013", json!(true)),
        ("12", json!("TooSmall")),
        ("151", json!("TooLarge")),
        ("-13", json!("TooSmall")),
        ("", json!("NotANumber")),
        ("1e2", json!("NotANumber")),
        ("NaN", json!("NotANumber")),
        ("99.5", json!(true)),
        ("150.5", json!("TooLarge")),
    ] {
        assert_eq!(judge("range", age.clone(), value), verdict, "{value:?}");
    }
    assert_eq!(judge("range", json!({"min": 0}), &"9".repeat(60)), "OutOfRange");
    assert_eq!(judge("range", json!({"min": 0.5, "max": 1}), "0.4"), "TooSmall");
}

#[test]
fn steps_are_counted_in_decimal_from_the_minimum() {
    for (args, value, verdict) in [
        (json!({"step": 0.1}), "0.3", json!(true)),
        (json!({"step": "0.01"}), "19.99", json!(true)),
        (json!({"step": 0.1}), "0.35", json!("Step")),
        (json!({"step": 5, "min": 3}), "13", json!(true)),
        (json!({"step": 5, "min": 3}), "10", json!("Step")),
        (json!({"step": 5}), "ten", json!("NotANumber")),
    ] {
        assert_eq!(judge("step", args.clone(), value), verdict, "{args} {value:?}");
    }
}
