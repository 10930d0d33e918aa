//! Tables against `regex`: the same expression, the same texts. `regex` is given the anchors that a whole match needs, and
//! is built before it is counted.

use std::cell::OnceCell;
use std::sync::LazyLock;

use regex::Regex;
use secure_forms::{Form, testing};
use secure_forms_pattern::{Options, compile};

use crate::count::Case;
use crate::table::{Row, Target};

/// A name, an expression, texts that match and texts that do not.
struct Sample {
    name: &'static str,
    pattern: &'static str,
    good: &'static [&'static str],
    bad: &'static [&'static str],
}

const SAMPLES: [Sample; 10] = [
    Sample {
        name: "user name",
        pattern: "[A-Za-z][A-Za-z0-9_.]*",
        good: &["maria.gonzalez", "ada", "Grace_Hopper.1906"],
        bad: &["9lives", "maria gonzalez"],
    },
    Sample {
        name: "slug",
        pattern: "[a-z0-9]+(?:-[a-z0-9]+)*",
        good: &["how-to-write-a-parser-by-hand", "one"],
        bad: &["-leading", "double--dash"],
    },
    Sample {
        name: "hexadecimal colour",
        pattern: "#[0-9a-fA-F]{6}",
        good: &["#1a2B3c", "#ffffff"],
        bad: &["#12345", "1a2b3c"],
    },
    Sample {
        name: "date",
        pattern: r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])",
        good: &["2024-02-29", "1999-12-31"],
        bad: &["2024-13-01", "24-02-29"],
    },
    Sample {
        name: "telephone",
        pattern: r"\+?[0-9 ()-]{7,20}",
        good: &["+43 (1) 234-5678", "0123456789"],
        bad: &["call me", "+1"],
    },
    Sample {
        name: "version",
        pattern: r"(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z.-]+)?",
        good: &["1.95.0", "10.20.30-beta.1"],
        bad: &["1.2", "01.2.3"],
    },
    Sample {
        name: "one of six words",
        pattern: "(?:monthly|weekly|daily|hourly|yearly|never)",
        good: &["monthly", "never"],
        bad: &["fortnightly", "dail"],
    },
    Sample {
        name: "base64",
        pattern: "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?",
        good: &["VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVyIHRoZSBsYXp5IGRvZw==", "QUJD"],
        bad: &["VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVy=", "QUJ*"],
    },
    Sample {
        name: "name of a person",
        pattern: r"[\p{L}\p{M}' -]+",
        good: &["María José González", "Seán O'Hara", "Nguyễn Văn An"],
        bad: &["R2D2", "mail@example.org"],
    },
    Sample {
        name: "name of a person, counted",
        pattern: r"[\p{L}\p{M}' -]{1,64}",
        good: &["María José González", "Seán O'Hara", "Nguyễn Văn An"],
        bad: &["R2D2", "mail@example.org"],
    },
];

impl Sample {
    fn texts(&self) -> impl Iterator<Item = &'static str> {
        self.good.iter().chain(self.bad).copied()
    }

    fn regex(&self) -> Regex {
        Regex::new(&format!("^(?:{})$", self.pattern)).expect("a pattern of this file")
    }

    fn ours(&self) -> String {
        format!("pattern, {}: tables", self.name)
    }

    fn theirs(&self) -> String {
        format!("pattern, {}: regex", self.name)
    }
}

/// A form of one field, so that the table is a static of this program.
#[derive(Form)]
struct Named<'a> {
    #[field(pattern(r"[\p{L}\p{M}' -]{1,64}"))]
    name: &'a str,
}

static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[\p{L}\p{M}' -]{1,64}$").expect("a good pattern"));

const FIRST_USE: [&str; 2] =
    ["first use, name of a person, counted: form of one field", "first use, name of a person, counted: regex"];

pub(crate) fn cases(cases: &mut Vec<Case>) {
    for sample in &SAMPLES {
        let table = OnceCell::new();
        cases.push(Case::new(sample.ours(), move || {
            let table =
                table.get_or_init(|| compile(sample.pattern, Options::default()).expect("a pattern of this file"));
            let pattern = table.pattern();
            sample.texts().filter(|text| pattern.matches(text)).count()
        }));
        let regex = OnceCell::new();
        cases.push(Case::new(sample.theirs(), move || {
            let regex = regex.get_or_init(|| sample.regex());
            sample.texts().filter(|text| regex.is_match(text)).count()
        }));
    }
    cases.push(Case::new(FIRST_USE[0], || {
        let mut submission = testing::submission("name=Mar%C3%ADa+Jos%C3%A9");
        submission.bind::<Named<'_>>().map(|named| named.name.len()).ok()
    }));
    cases.push(Case::new(FIRST_USE[1], || NAME.is_match("María José")));
}

pub(crate) fn rows() -> Vec<Row> {
    SAMPLES.iter().map(|sample| Row::warm(sample.ours(), sample.theirs(), Target::None)).collect()
}

pub(crate) fn first_use_row() -> Row {
    Row::first_use(FIRST_USE[0], FIRST_USE[1])
}

/// Both sides say the same of every text.
pub(crate) fn assert_agreement() {
    for sample in &SAMPLES {
        let (table, regex) = (compile(sample.pattern, Options::default()).expect(sample.name), sample.regex());
        for text in sample.texts() {
            let expected = sample.good.contains(&text);
            assert_eq!(table.matches(text), expected, "{}: {text:?}", sample.name);
            assert_eq!(regex.is_match(text), expected, "regex, {}: {text:?}", sample.name);
        }
    }
}
