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

#[test]
fn a_body_is_read_as_its_content_type_says() {
    let multipart = "--X\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nada\r\n\
                     --X\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nhorse\r\n--X--\r\n";
    let login = |content_type: &str, body: &str| {
        let case = json!({ "form": "login", "content_type": content_type, "body": body });
        conform("form", &[case.to_string().into_bytes()]).remove(0)
    };
    let good = json!({ "ok": true, "value": { "username": "ada", "password": null, "remember": null } });
    let pairs = "username=ada&password=horse";
    // The names of media types have no case, and a charset has no effect (RFC 9110, 8.3.1; URL Standard, 5.1).
    for content_type in [
        "application/x-www-form-urlencoded",
        "Application/X-WWW-Form-URLencoded",
        "application/x-www-form-urlencoded; charset=utf-8",
        "application/x-www-form-urlencoded;charset=iso-8859-1",
    ] {
        assert_eq!(login(content_type, pairs), good, "{content_type}");
    }
    assert_eq!(login("multipart/form-data; boundary=X", multipart), good);
    let of_body = |answer: Value| (answer["problems"][0]["path"].clone(), answer["problems"][0]["kind"].clone());
    for content_type in
        ["", "text/plain", "application/json", "multipart/form-data", "application/x-www-form-urlencodedx"]
    {
        assert_eq!(of_body(login(content_type, pairs)), (json!(""), json!("UnsupportedType")), "{content_type}");
    }
    assert_eq!(of_body(login("multipart/form-data; boundary=Y", multipart)), (json!(""), json!("Malformed")));
    assert!(login("a\nb", pairs)["error"].is_string());
}

#[test]
fn lengths_are_counted_in_the_unit_that_is_named() {
    // Six lines of UAX 29, table 1a: a base with its mark, a flag, a family, a syllable, a line break, a letter.
    let text = "e\u{301}🇦🇹👩\u{200d}💻각\r\nx";
    for (unit, count) in [("graphemes", 6), ("chars", 10), ("utf16", 14), ("bytes", 28)] {
        let case = |max: usize| json!({ "rule": "length", "args": { "max": max, "unit": unit }, "value": text });
        let answers = conform("rule", &lines(&[case(count), case(count - 1)]));
        assert_eq!((&answers[0]["ok"], &answers[1]["kind"]), (&json!(true), &json!("TooLong")), "{unit}: {answers:?}");
    }
}
