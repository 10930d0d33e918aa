//! Attributes that contradict each other, or the type beside them: what is reported of each, and a twin that is good. The compile-fail cases
//! show where; these ask about more, and take no compiler.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

/// What is reported of a form with this one field.
fn reported(keys: &str, ty: &str) -> String {
    let form = format!("struct Form {{ #[field({keys})] value: {ty} }}");
    super::form(syn::parse_str(&form).unwrap()).to_string()
}

fn assert_reported(cases: &[(&str, &str, &str)]) {
    for (keys, ty, message) in cases {
        let reported = reported(keys, ty);
        assert!(reported.contains("compile_error") && reported.contains(message), "{keys} on {ty}: {reported}");
    }
}

fn assert_good(cases: &[(&str, &str)]) {
    for (keys, ty) in cases {
        let reported = reported(keys, ty);
        assert!(!reported.contains("compile_error"), "{keys} on {ty}: {reported}");
    }
}

#[test]
fn a_limit_that_the_type_does_not_hold_is_reported() {
    assert_reported(&[
        ("range(1..=300)", "u8", "`300` is more than a `u8` holds"),
        ("range(-5..=5)", "u8", "`-5` is less than a `u8` holds"),
        ("range(1000..)", "Option<u8>", "`1000` is more than a `u8` holds"),
        ("range(..=-1)", "u64", "`-1` is less than a `u64` holds"),
        ("range(..=128)", "i8", "`128` is more than an `i8` holds"),
        ("range(..=300.5)", "std::option::Option<u8>", "`300.5` is more than a `u8` holds"),
        ("range(0.5..=0.7)", "u8", "no `u8` lies in `0.5..=0.7`"),
        ("range(0.5..), step(1)", "u8", "no `u8` lies on these steps"),
    ]);
    assert_good(&[
        ("range(0..=255)", "u8"),
        ("range(-128..=127)", "i8"),
        ("range(0.5..=9.5)", "u8"),
        ("range(1..=1)", "u8"),
        ("range(0.5..=0.7)", "f64"),
        ("range(0.5..), step(0.5)", "u8"),
        ("range(-5..=300)", "f32"),
        ("range(-5..=300)", "Wei"),
    ]);
}

#[test]
fn a_length_that_no_text_has_is_reported() {
    assert_reported(&[
        ("length(10..), pattern(\"[a-z]{3}\")", "String", "at most 3 characters"),
        ("length(..=2), pattern(\"[a-z]{3,}\")", "String", "at least 3 characters"),
        ("length(..=32), uuid", "String", "at least 36 characters"),
        ("length(16.., unit = bytes), ip(v4)", "&'static str", "at most 15 bytes"),
        ("length(..=0)", "String", "no text but the empty one"),
        ("pattern(\"[a&&b]\")", "String", "no text matches this pattern"),
        ("pattern(\"\")", "String", "only the empty text"),
    ]);
    assert_good(&[
        ("length(3..), pattern(\"[a-z]{3}\")", "String"),
        ("length(10..), pattern(\"[a-z]{3}\", search)", "String"),
        ("length(6..=6), pattern(\"\u{1f600}{3}\")", "String"),
        ("length(..=36), uuid", "String"),
        ("multiline, length(..=2), pattern(\"\\\\r\\\\n\\\\r\\\\n\")", "String"),
    ]);
}

#[test]
fn rules_of_text_that_exclude_each_other_are_reported() {
    assert_reported(&[
        ("one_of(\"a\", \"b\"), none_of(\"a\")", "String", "`a` is in `one_of` and in `none_of`"),
        ("one_of(\"a\", \"a\")", "String", "`a` is given twice in `one_of`"),
        ("one_of(\"abcd\"), length(..=3)", "String", "`abcd` never passes `length`"),
        ("one_of(\"A\"), slug", "String", "`A` never passes `slug`"),
        ("none_of(\" a\")", "String", "never what is left of a text after trimming"),
        ("email, url", "String", "no text is `email` and `url` at once"),
        ("uuid, email", "Option<String>", "no text is `uuid` and `email` at once"),
        ("url", "EmailAddress", "no email address is `url`"),
    ]);
    assert_good(&[
        ("one_of(\"a\", \"b\"), none_of(\"c\")", "String"),
        ("one_of(\" a\"), trim = false", "String"),
        ("slug, hostname", "String"),
        ("one_of(\"a-b\"), slug, length(..=3)", "String"),
    ]);
}

#[test]
fn hidden_fields_that_cannot_be_sent_are_reported() {
    assert_reported(&[
        ("hidden", "Option<Secret>", "a page never has the text of a secret"),
        ("hidden", "Accepted", "cannot be ticked"),
        ("hidden", "Upload", "a file cannot be chosen"),
        ("hidden, help = \"x\"", "String", "it has no `help`"),
        ("hidden, autocomplete = \"off\"", "String", "it has no `autocomplete`"),
        ("hidden, search", "String", "`hidden` and `search` are two controls"),
        ("multiline", "Secret", "a `Secret` is asked for in one line"),
    ]);
    assert_good(&[("hidden, url", "String"), ("hidden = false, help = \"x\"", "Secret"), ("hidden", "bool")]);
}

#[test]
fn a_readable_secret_is_reported() {
    let is_secret = "and readable by its type";
    assert_reported(&[
        ("rename = \"pin\"", "String", is_secret),
        ("rename = \"api-key\"", "Option<&'static str>", is_secret),
        ("autocomplete = \"billing cc-csc\"", "::std::string::String", is_secret),
        ("allow(readible), rename = \"pin\"", "String", "did you mean `readable`?"),
        ("autocomplete = \"usrename\"", "String", "did you mean `username`?"),
    ]);
    assert_good(&[
        ("rename = \"pin\"", "Secret"),
        ("rename = \"pin\"", "u32"),
        ("rename = \"opinion\"", "String"),
        ("rename = \"pin\", allow(readable)", "String"),
    ]);
}
