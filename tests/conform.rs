//! The `conform` program as it is used: a corpus on its input, one answer a line, whatever the line is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// The answers of the program to these lines.
fn conform(suite: &str, lines: &[Vec<u8>]) -> Vec<Value> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_conform"));
    let mut running = program.arg(suite).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut input, corpus) = (running.stdin.take().unwrap(), [lines.join(&b'\n'), b"\n".to_vec()].concat());
    // Beside the reader: a program that answers while it reads would otherwise wait for us, and we for it.
    let writer = std::thread::spawn(move || input.write_all(&corpus));
    let output = running.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "{:?}", output.status);
    let answers: Vec<Value> = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    assert_eq!(answers.len(), lines.len());
    answers
}

fn cases(file: &str) -> Value {
    serde_json::from_str(file).unwrap()
}

fn lines<'c>(cases: impl IntoIterator<Item = &'c Value>) -> Vec<Vec<u8>> {
    cases.into_iter().map(|case| case.to_string().into_bytes()).collect()
}

#[test]
fn every_redirect_of_the_vectors_is_judged_as_they_say() {
    let file = cases(include_str!("vectors/redirect.json"));
    let accept = file["accept"].as_array().unwrap();
    for (case, answer) in accept.iter().zip(conform("redirect", &lines(accept))) {
        assert_eq!(answer, json!({ "accepted": true, "location": case["location"] }), "{case}");
    }
    let refuse: Vec<Value> = file["refuse"].as_array().unwrap().iter().map(|next| json!({ "next": next })).collect();
    for (case, answer) in refuse.iter().zip(conform("redirect", &lines(&refuse))) {
        assert_eq!(answer["accepted"], json!(false), "{case}");
    }
    assert!(accept.len() + refuse.len() >= 90, "{} vectors", accept.len() + refuse.len());
}

#[test]
fn every_client_of_the_vectors_has_the_address_that_they_say() {
    let file = cases(include_str!("vectors/client-ip.json"));
    let cases = file["cases"].as_array().unwrap();
    assert!(cases.len() >= 35);
    for (case, answer) in cases.iter().zip(conform("client-ip", &lines(cases))) {
        assert_eq!(answer, json!({ "ip": case["ip"], "degraded": case["degraded"] }), "{case}");
    }
}

#[test]
fn a_bad_line_is_answered_and_the_next_one_too() {
    let search = json!({ "form": "search", "body": "q=a" }).to_string().into_bytes();
    let bad: [&[u8]; 6] =
        [b"{", b"\xff\xfe", b"null", b"[]", b"{\"form\":\"search\"}", b"{\"form\":\"unknown\",\"body\":\"\"}"];
    for line in bad {
        let answers = conform("form", &[search.clone(), line.to_vec(), search.clone()]);
        assert_eq!((&answers[0]["ok"], &answers[2]["ok"]), (&json!(true), &json!(true)), "{line:?}");
        assert!(answers[1]["error"].is_string(), "{line:?}: {}", answers[1]);
    }
}

#[test]
fn every_suite_survives_lines_that_make_no_sense() {
    let nonsense =
        [json!({}), json!([1]), json!("x"), json!({ "next": 1 }), json!({ "body_b64": "%" }), json!({ "policy": {} })];
    for (suite, _) in secure_forms_tests::SUITES {
        conform(suite, &lines(&nonsense));
    }
}

#[test]
fn an_unknown_suite_is_told_with_the_known_ones() {
    let output = Command::new(env!("CARGO_BIN_EXE_conform")).arg("nothing").output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("client-ip"));
}
