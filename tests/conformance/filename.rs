//! The names of uploads through the `filename` suite.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use serde_json::json;

fn answer(name: &str) -> (String, String) {
    let answer = secure_forms_tests::filename::answer(&json!({ "filename": name }));
    let text = |key: &str| answer[key].as_str().unwrap().to_owned();
    (text("stored"), text("content_disposition"))
}

#[test]
fn names_are_stored_clean() {
    for (given, stored) in [
        ("../../é.png", "é.png"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\fakepath\\cat.png", "cat.png"),
        ("/etc/passwd", "passwd"),
        (".htaccess", "htaccess"),
        ("aux.h", "_aux.h"),
        ("LPT1", "_LPT1"),
        ("a:b?.txt", "a_b_.txt"),
        ("trailing. . ", "trailing"),
        ("  two   words .pdf", "two words .pdf"),
        ("photo\u{202E}gpj.exe", "photogpj.exe"),
        ("文件\u{0}.txt", "文件.txt"),
        ("..／..／x", "_.._x"),
        ("", "file"),
        ("...", "file"),
    ] {
        assert_eq!(answer(given).0, stored, "{given:?}");
        assert_eq!(answer(stored).0, stored, "{given:?} again");
    }
}

#[test]
fn the_header_has_the_extended_form_for_names_beyond_ascii() {
    assert_eq!(answer("a b.txt").1, "attachment; filename=\"a b.txt\"");
    assert_eq!(answer("é.png").1, "attachment; filename=\"_.png\"; filename*=UTF-8''%C3%A9.png");
    assert_eq!(answer("100%25.png").1, "attachment; filename=\"100_25.png\"; filename*=UTF-8''100%2525.png");
    assert_eq!(answer("a\"; filename=\"evil.exe").1, "attachment; filename=\"a_; filename=_evil.exe\"");
}

#[test]
fn the_longest_name_is_255_bytes() {
    for letter in ["a", "é", "東", "👩"] {
        let (stored, _) = answer(&format!("{}.tar", letter.repeat(400)));
        assert!(stored.len() <= 255 && stored.len() > 250 && stored.ends_with(".tar"), "{stored}");
    }
}
