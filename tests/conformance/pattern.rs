//! Patterns as forms use them: the whole value, ASCII classes, and the `pattern` attribute only where browsers agree (HTML
//! Standard, 4.10.5.3.6; ECMA-262, 22.2.1). That tables answer as the `regex` crate does is tested beside the compiler.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use secure_forms_pattern::{Options, PatternError, PatternProblem, PerlClasses, Scope, compile};
use secure_forms_tests::rule::answer;
use serde_json::{Value, json};

fn judge(args: Value, value: &str) -> Value {
    answer(&json!({"rule": "pattern", "args": args, "value": value}))
}

fn matches(pattern: &str, value: &str) -> bool {
    judge(json!({"pattern": pattern}), value) == json!({"ok": true})
}

#[test]
fn the_guides_user_names() {
    let username = "^[A-Za-z][A-Za-z0-9_.]*$";
    assert!(["a", "Ada", "ada.lovelace_1815"].iter().all(|good| matches(username, good)));
    assert!(
        ["", "1ada", "ada lovelace", "ada\n", "\nada", "ada<script>", "адa"].iter().all(|bad| !matches(username, bad))
    );
}

#[test]
fn a_part_of_the_value_is_not_enough() {
    assert!(!matches("a|b", "ab"));
    assert!(!matches("[0-9]+", "12 OR 1=1"));
    assert!(!matches("(?m)^a$", "a\nb"), "a line is not the value");
    assert_eq!(judge(json!({"pattern": "[0-9]+", "search": true}), "12 OR 1=1"), json!({"ok": true}));
}

#[test]
fn a_refusal_says_its_kind() {
    let refused = judge(json!({"pattern": "a"}), "b");
    assert_eq!((&refused["ok"], &refused["kind"]), (&json!(false), &json!("Pattern")));
}

#[test]
fn classes_named_by_a_letter_are_ascii_unless_unicode_is_said() {
    for (pattern, ascii, unicode) in
        [(r"\d", "7", "٣"), (r"\w", "a", "é"), (r"\s", "\t", "\u{a0}"), (r"[\d-]", "-", "٣")]
    {
        assert!(matches(pattern, ascii), "{pattern}");
        assert!(!matches(pattern, unicode), "{pattern}");
        assert_eq!(judge(json!({"pattern": pattern, "unicode": true}), unicode), json!({"ok": true}), "{pattern}");
    }
}

#[test]
fn all_else_is_unicode() {
    for (pattern, value) in
        [(".", "é"), ("[^a]", "😀"), (r"\p{L}+", "名前"), (r"\D", "٣"), ("(?i)é", "É"), (".{2}", "é😀")]
    {
        assert!(matches(pattern, value), "{pattern}");
    }
}

#[test]
fn counted_characters_are_characters() {
    let name = r"[\p{L}\p{M}' -]{1,64}";
    assert!(matches(name, "María José O'Neill-González"));
    assert!(matches(name, &"é".repeat(64)));
    assert!(matches(name, &"名".repeat(64)));
    assert!(!matches(name, &"é".repeat(65)));
    assert!(!matches(name, ""));
    assert!(!matches(name, "María 2"));
}

#[test]
fn an_invalid_pattern_is_told_at_its_place() {
    for (source, span) in
        [("[a-z", 0..1), ("a{2,1}", 1..6), ("(a", 0..1), ("a)", 1..2), (r"\y", 0..2), (r"(?=a)", 0..3)]
    {
        let error = compile(source, Options::default()).unwrap_err();
        assert!(matches!(error.problem, PatternProblem::Syntax(_)), "{source}");
        assert_eq!(error.span, span, "{source}");
    }
}

#[test]
fn what_has_no_table_names_the_feature() {
    let error = compile("[ab]*a[ab]{20}", Options::default()).unwrap_err();
    assert_eq!(error.to_string(), "this pattern is too large for a table");
    assert!(error.help().unwrap().contains("features = [\"regex\"]"));
    let unicode = Options { perl: PerlClasses::Unicode, ..Options::default() };
    assert_eq!(compile(r"\bé\b", unicode).unwrap_err().problem, PatternProblem::UnicodeWordBoundary);
}

fn html(source: &str) -> Result<Option<String>, PatternError> {
    compile(source, Options::default()).map(|compiled| compiled.html().map(str::to_owned))
}

#[test]
fn browsers_get_what_they_read_as_we_do() {
    for same in [
        "",
        "[A-Za-z][A-Za-z0-9_.]*",
        "^[a-z]+$",
        r"[\w.\-]+",
        r"\d{3}-\d{4}",
        r"#[0-9a-f]{6}",
        "(a|b)?c{2,}",
        "(?:ab)+?",
        r"(?<year>\d{4})",
        r"\p{L}+",
        r"[\p{Lu}\P{Letter}]",
        r"a\/b",
        "a/b",
        r"\u00e9|\u{1f600}|\x41",
        r"\bx\B",
        r"[\!\&]",
        "é😀",
    ] {
        assert_eq!(html(same), Ok(Some(same.to_owned())));
    }
}

#[test]
fn what_browsers_read_otherwise_is_left_to_the_server() {
    for other in [
        // another meaning
        ".",
        r"\s",
        r"\S",
        r"[\s]",
        // another syntax
        "(?i)a",
        "(?i:a)",
        "(?x) a",
        "(?s).",
        r"\Aa",
        r"a\z",
        r"\pL",
        r"\p{Greek}",
        r"\p{letter}",
        r"\p{gc=L}",
        "(?P<n>a)",
        r"\x{41}",
        r"\U00000041",
        r"\a",
        r"\<a",
        r"a\b{end}",
        "[[:alpha:]]",
        "a**",
        "(?:^)*^*",
        // characters that the `v` flag reserves
        "[a-]",
        "[(]",
        "[/]",
        "[|]",
        "[a&&b]",
        "[a--b]",
        "[a~~b]",
        "[..]",
        "[]a]",
        "]",
        "}",
        r"\-",
        r"\#",
        r"\:",
        r"[\_]",
    ] {
        assert_eq!(html(other), Ok(None), "{other}");
    }
}

#[test]
fn an_option_that_browsers_lack_keeps_the_pattern_on_the_server() {
    let with = |options| compile(r"\d", options).unwrap().html().map(str::to_owned);
    assert_eq!(with(Options { scope: Scope::Search, ..Options::default() }), None);
    assert_eq!(with(Options { perl: PerlClasses::Unicode, ..Options::default() }), None);
}
