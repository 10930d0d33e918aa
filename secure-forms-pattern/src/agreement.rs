//! Tables give the answers of the `regex` crate: on every short text of an alphabet, and on generated patterns and texts.

use proptest::prelude::*;
use regex::Regex;

use secure_forms_core::pattern::{Alphabet, Pattern, Table};

use crate::{Options, PatternProblem, PerlClasses, Scope, compile};

const WHOLE: Options = Options { scope: Scope::Whole, perl: PerlClasses::Ascii };
const SEARCH: Options = Options { scope: Scope::Search, perl: PerlClasses::Ascii };
const UNICODE: Options = Options { scope: Scope::Whole, perl: PerlClasses::Unicode };

/// The pattern, and the same for `regex`, whose `\d \w \s \b` are Unicode.
const PATTERNS: &[(&str, &str)] = &[
    ("[A-Za-z][A-Za-z0-9_.]*", "[A-Za-z][A-Za-z0-9_.]*"),
    ("[a-z0-9]+(?:-[a-z0-9]+)*", "[a-z0-9]+(?:-[a-z0-9]+)*"),
    ("#[0-9a-fA-F]{3}", "#[0-9a-fA-F]{3}"),
    (r"\w+", "[0-9A-Za-z_]+"),
    (r"\W", "[^0-9A-Za-z_]"),
    (r"[\d\s]{1,3}", "[0-9\t-\r ]{1,3}"),
    (r"[^\s\d]+", "[^0-9\t-\r ]+"),
    (r"(?i)\w\b.", r"(?-i:[0-9A-Za-z_])(?-u:\b)."),
    (r"(?i)[\wé]+", "(?-i:[0-9A-Za-zéÉ_])+"),
    (r"(?i:[^\wé])|-", "(?-i:[^0-9A-Za-zéÉ_])|-"),
    ("(?i)k+|é", "(?i)k+|é"),
    (r"(?u)\w+", r"(?u)\w+"),
    (r"(?-u:\w)+", "[0-9A-Za-z_]+"),
    (r"[\p{L}' -]{1,3}", r"[\p{L}' -]{1,3}"),
    (r"\p{Lu}\p{L}*", r"\p{Lu}\p{L}*"),
    (r"\p{L}{2}|é\p{So}", r"\p{L}{2}|é\p{So}"),
    (r"^\p{L}+$|[\p{L}k]{2,3}\PL", r"^\p{L}+$|[\p{L}k]{2,3}\PL"),
    (r"\p{Greek}\b.", r"\p{Greek}(?-u:\b)."),
    (".{2,3}", ".{2,3}"),
    ("(?s).*", "(?s).*"),
    ("", ""),
    ("(?:a|aa)(?:a|ab)?", "(?:a|aa)(?:a|ab)?"),
    ("^a$|^k", "^a$|^k"),
    (r"a\b-?", r"a(?-u:\b)-?"),
    (r"a\B.", r"a(?-u:\B)."),
    ("(?m)^a$", "(?m)^a$"),
    (r"[a-z&&[^k]]+", r"[a-z&&[^k]]+"),
    (r"[\w--k]+", r"[[0-9A-Za-z_]--k]+"),
    ("[a&&k]", "[a&&k]"),
    ("(a)?((k))", "(a)?((k))"),
    ("((?:k){2,})", "(k){2,}"),
    ("((^[ak]{2}$))", "^[ak]{2}$"),
    ("é{2}", "é{2}"),
];

const ALPHABET: [char; 13] = ['a', 'A', 'k', '\u{212a}', '0', '_', '-', ' ', '\n', 'é', 'É', '.', '\u{1f600}'];

fn every_text(length: u32) -> impl Iterator<Item = String> {
    (0..ALPHABET.len().pow(length)).map(move |mut number| {
        let char = |_| {
            let char = ALPHABET[number % ALPHABET.len()];
            number /= ALPHABET.len();
            char
        };
        (0..length).map(char).collect()
    })
}

fn agree_on_short_texts(ours: &str, theirs: &str, options: Options) {
    let table = compile(ours, options).unwrap();
    let anchored = if options.scope == Scope::Whole { format!(r"\A(?:{theirs})\z") } else { theirs.to_owned() };
    let regex = Regex::new(&anchored).unwrap();
    for text in (0..=4).flat_map(every_text) {
        assert_eq!(table.matches(&text), regex.is_match(&text), "{ours} on {text:?} {:?}", table.pattern());
    }
}

#[test]
fn every_short_text_as_a_whole() {
    PATTERNS.iter().for_each(|(ours, theirs)| agree_on_short_texts(ours, theirs, WHOLE));
}

#[test]
fn every_short_text_searched() {
    PATTERNS.iter().for_each(|(ours, theirs)| agree_on_short_texts(ours, theirs, SEARCH));
}

#[test]
fn every_short_text_with_unicode_classes() {
    for pattern in [r"\w+", r"\W\s", r"[\d_]+", r"(?i)[^\w-]+", r"(?-u:\w)+", r"\S{2,3}"] {
        agree_on_short_texts(pattern, pattern, UNICODE);
    }
}

#[test]
fn each_form_of_table_is_used() {
    let compiled = |source| compile(source, WHOLE).unwrap();
    let form = |source| match compiled(source).pattern() {
        Pattern::ClassCount(class) if matches!(class.members.alphabet, Alphabet::Bytes(_)) => "count of bytes",
        Pattern::ClassCount(_) => "count of chars",
        Pattern::Table(table) if matches!(table.alphabet, Alphabet::Bytes(_)) => "bytes",
        Pattern::Table(_) => "chars",
        Pattern::Large(_) => "large",
    };
    assert_eq!(form("[a-z]{3,32}"), "count of bytes");
    assert_eq!(form(r"[\p{L}\p{M}' -]{1,64}"), "count of chars");
    assert_eq!(form("[A-Za-z][A-Za-z0-9_.]*"), "bytes");
    assert_eq!(form(r"\p{L}[\p{L}\p{N}]*"), "chars");
}

#[test]
fn a_table_is_small() {
    let size = |source| match compile(source, WHOLE).unwrap().pattern() {
        Pattern::ClassCount(class) => size_of_table(class.members),
        Pattern::Table(table) => size_of_table(table),
        Pattern::Large(_) => 0,
    };
    assert_eq!(size("[A-Za-z][A-Za-z0-9_.]*"), 256 + 2 * 3 * 2);
    assert!(size(r"[\p{L}\p{M}' -]{1,64}") < 9_000);
    assert!(size(r"\p{Lu}[\p{L}\p{M}\p{N}]*(?:[ -]\p{Lu}\p{L}{0,20})*") < 16_000);
}

fn size_of_table(table: Table<'_>) -> usize {
    table.next.len()
        + match table.alphabet {
            Alphabet::Bytes(classes) => classes.len(),
            Alphabet::Chars(chars) => chars.low.len() + chars.ranges.len(),
        }
}

#[test]
fn a_count_without_a_limit_is_not_a_limit() {
    let long = "a".repeat(70_000);
    assert!(compile("[a-z]{2,}", WHOLE).unwrap().matches(&long));
    assert!(!compile("[a-z]{2,69999}", WHOLE).unwrap().matches(&long));
}

#[test]
fn what_cannot_be_a_table_says_so() {
    let problem = |source, options| compile(source, options).unwrap_err().problem;
    assert_eq!(problem("(?:[^a]|ab){1,900}[^b]{900}", WHOLE), PatternProblem::TooLarge);
    assert_eq!(problem("(?:.{0,1000}){0,1000}x", WHOLE), PatternProblem::TooLarge);
    assert_eq!(problem("[ab]*a[ab]{20}", WHOLE), PatternProblem::TooLarge);
    assert_eq!(problem(r"a\b", UNICODE), PatternProblem::UnicodeWordBoundary);
    assert!(compile(r"a\b", UNICODE).unwrap_err().help().unwrap().contains(r"(?-u:\b)"));
}

#[test]
fn a_mistake_is_shown_at_its_bytes() {
    let span = |source| compile(source, WHOLE).unwrap_err().span;
    assert_eq!(span("é(a"), 2..3);
    assert_eq!(span("a{3,2}"), 1..6);
    assert_eq!(span(r"a\p{Nonsense}"), 1..13);
    assert_eq!(span(r"(?-u:\xff)"), 5..9);
}

/// Patterns from small parts, so that most of them are valid and match some of the generated texts.
fn patterns() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "a",
        "k",
        "[ak]",
        "[^a]",
        ".",
        "é",
        r"\p{L}",
        "(?i:k)",
        "(?s:.)",
        "[0-9_]",
        "-",
        "^",
        "$",
        r"(?-u:\b)",
        "\u{1f600}",
    ]);
    part.prop_map(str::to_owned).prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| format!("(?:{})", parts.join("|"))),
            (inner.clone(), prop::sample::select(vec!["*", "+", "?", "{2}", "{0,3}", "{1,}", "+?"]))
                .prop_map(|(part, times)| format!("(?:{part}){times}")),
            inner.prop_map(|part| format!("({part})")),
        ]
    })
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let char = prop::sample::select(ALPHABET.to_vec());
    prop::collection::vec(prop::collection::vec(char, 0..9).prop_map(|chars| chars.into_iter().collect()), 1..40)
}

proptest! {
    #[test]
    fn generated_patterns_agree(pattern in patterns(), texts in texts(), search: bool) {
        let scope = if search { Scope::Search } else { Scope::Whole };
        let regex = Regex::new(&if search { pattern.clone() } else { format!(r"\A(?:{pattern})\z") }).unwrap();
        if let Ok(table) = compile(&pattern, Options { scope, ..WHOLE }) {
            for text in texts {
                prop_assert_eq!(table.matches(&text), regex.is_match(&text), "{} on {:?}", pattern, text);
            }
        }
    }

    #[test]
    fn any_text_is_a_pattern_or_a_mistake(source: String, unicode: bool) {
        let perl = if unicode { PerlClasses::Unicode } else { PerlClasses::Ascii };
        if let Err(error) = compile(&source, Options { perl, ..WHOLE }) {
            prop_assert!(source.get(error.span).is_some());
        }
    }
}

/// What is left to the `regex` crate means what a table would mean.
#[cfg(feature = "regex")]
mod first_use {
    use secure_forms_core::pattern::AtFirstUse;

    use super::*;
    use crate::for_regex;

    fn at_first_use(source: &str, options: Options) -> AtFirstUse {
        let source = for_regex(source, options).unwrap().source().to_owned();
        AtFirstUse::new(source.leak())
    }

    #[test]
    fn every_short_text_of_every_pattern() {
        for options in [WHOLE, SEARCH, UNICODE] {
            for (pattern, _) in PATTERNS {
                let Ok(table) = compile(pattern, options) else { continue };
                let large = at_first_use(pattern, options);
                for text in (0..=3).flat_map(every_text) {
                    assert_eq!(large.matches(&text), table.matches(&text), "{pattern} on {text:?}");
                }
            }
        }
    }

    #[test]
    fn what_no_table_can_hold_is_run() {
        let tail = at_first_use("[ab]*a[ab]{20}", WHOLE);
        assert!(tail.matches(&"a".repeat(21)) && tail.matches(&format!("bb{}", "a".repeat(21))));
        assert!(!tail.matches(&format!("b{}", "b".repeat(20))) && !tail.matches(&format!("{}\n", "a".repeat(21))));
        let words = at_first_use(r"\w+\b.*", UNICODE);
        assert!(words.matches("é é") && !words.matches(" é"));
    }

    #[test]
    fn what_the_crate_cannot_hold_or_judge_is_refused() {
        let problem = |source| for_regex(source, WHOLE).map(|of| of.source().to_owned()).unwrap_err().problem;
        assert_eq!(problem("(?:.{0,1000}){0,1000}x"), PatternProblem::TooLargeForRegex);
        for source in ["(?=a)", r"(a)\1", "(?<!a)b"] {
            assert!(matches!(problem(source), PatternProblem::Syntax(_)), "{source}");
            assert_eq!(problem(source), compile(source, WHOLE).unwrap_err().problem, "{source}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]

        #[test]
        fn generated_patterns_agree_with_their_tables(pattern in patterns(), texts in texts(), search: bool, unicode: bool) {
            let scope = if search { Scope::Search } else { Scope::Whole };
            let perl = if unicode { PerlClasses::Unicode } else { PerlClasses::Ascii };
            let options = Options { scope, perl };
            if let Ok(table) = compile(&pattern, options) {
                let large = at_first_use(&pattern, options);
                for text in texts {
                    prop_assert_eq!(large.matches(&text), table.matches(&text), "{} on {:?}", pattern, text);
                }
            }
        }
    }
}
