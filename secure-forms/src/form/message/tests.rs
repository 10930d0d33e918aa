//! Every problem has a sentence in every language, and it is another one than in English.

use super::{English, German};
use crate::form::format::{IpVersion, TextFormat};
use crate::form::problem::{Digits, Number, ProblemKind, Unit};
use crate::request::BodyProblem;

/// One of each. The catalogues match without `_`, so that a new kind does not compile without a sentence; here it needs a row.
fn kinds() -> Vec<ProblemKind> {
    let formats = [
        TextFormat::Color,
        TextFormat::Date,
        TextFormat::Hostname,
        TextFormat::Ip(IpVersion::Any),
        TextFormat::Mac,
        TextFormat::Slug,
        TextFormat::Time,
        TextFormat::Url,
        TextFormat::PublicUrl,
        TextFormat::Uuid(None),
    ];
    let bodies = [
        BodyProblem::BadUtf8,
        BodyProblem::BadPercentEncoding,
        BodyProblem::Repeated,
        BodyProblem::TooManyFields { max: 1000 },
        BodyProblem::BodyTooLarge { max: 1000 },
        BodyProblem::FileTooLarge { max: 2048 },
        BodyProblem::FileTooLarge { max: 1000 },
        BodyProblem::PartHeaderTooLarge { max_bytes: 1, max_lines: 1 },
        BodyProblem::NotStored,
        BodyProblem::UnsupportedType,
        BodyProblem::Malformed,
        BodyProblem::UnknownField,
        BodyProblem::AlreadyBound,
    ];
    let unit = Unit::Bytes;
    let mut kinds = vec![
        ProblemKind::Missing,
        ProblemKind::Empty,
        ProblemKind::NotAccepted,
        ProblemKind::TooShort { min: 2, count: Some(1), unit },
        ProblemKind::TooShort { min: 2, count: None, unit },
        ProblemKind::TooLong { max: 1, count: Some(2), unit },
        ProblemKind::TooLong { max: 1, count: None, unit: Unit::Chars },
        ProblemKind::ControlCharacter,
        ProblemKind::Invisible,
        ProblemKind::Pattern,
        ProblemKind::Email,
        ProblemKind::NotANumber(Digits::Whole),
        ProblemKind::NotANumber(Digits::Decimal),
        ProblemKind::OutOfRange,
        ProblemKind::TooSmall { min: Number::Integer(1) },
        ProblemKind::TooLarge { max: Number::Float(1.5) },
        ProblemKind::Step,
        ProblemKind::NotOffered,
        ProblemKind::Excluded,
        ProblemKind::NotEqual { other: "B" },
        ProblemKind::FileType { accept: &[] },
        ProblemKind::FileType { accept: &["image/*", ".pdf"] },
        ProblemKind::FileMismatch,
        ProblemKind::TooManyPixels { max: 12_000_000, width: 1, height: 1 },
        ProblemKind::TokenExpired,
        ProblemKind::CookiesNeeded,
        ProblemKind::Forbidden,
        ProblemKind::MethodNotAllowed,
        ProblemKind::Unavailable,
        ProblemKind::BadNext,
    ];
    kinds.extend(formats.map(ProblemKind::Format));
    kinds.extend(bodies.map(ProblemKind::Body));
    kinds
}

#[test]
fn every_problem_has_a_german_sentence_of_its_own() {
    for kind in kinds() {
        let (english, german) = (English.sentence("Xyz", &kind), German.sentence("Xyz", &kind));
        assert_ne!(english, german, "{kind:?}");
        assert!(german.ends_with('.') && !german.contains("  "), "{german}");
        // What English says with the label and the limits, German says with them.
        let named = |text: &str| text.contains("Xyz");
        assert_eq!(named(&german), named(&english), "{english} {german}");
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        assert_eq!(digits(&german), digits(&english), "{english} {german}");
    }
}

#[test]
fn what_the_application_says_stays_as_it_is() {
    let said = ProblemKind::Invalid("Taken.".into());
    assert_eq!(German.sentence("A", &said), "Taken.");
}

#[test]
fn german_has_singular_and_plural() {
    let sentence = |max| German.sentence("Name", &ProblemKind::TooLong { max, count: Some(9), unit: Unit::Chars });
    assert_eq!(sentence(1), "Name hat 9 Zeichen; höchstens 1 ist erlaubt.");
    assert_eq!(sentence(2), "Name hat 9 Zeichen; höchstens 2 sind erlaubt.");
    let accepted = German.sentence("Bild", &ProblemKind::FileType { accept: &["image/png", "image/jpeg", ".pdf"] });
    assert_eq!(accepted, "Bild ist keine Datei einer erlaubten Art; erlaubt sind PNG, JPG und PDF.");
}
