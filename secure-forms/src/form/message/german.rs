//! The catalogue in German.

use super::Messages;
use super::measure::{listed, whole_unit};
use crate::form::format::TextFormat;
use crate::form::problem::{Digits, Problem, ProblemKind, Unit};
use crate::request::BodyProblem;

/// The catalogue in German.
///
/// ```
/// use secure_forms::form::{German, Messages};
/// use secure_forms::{Form, testing};
///
/// #[derive(Debug, Form)]
/// struct Profile {
///     #[field(label = "Spitzname", length(..=32))]
///     nickname: String,
/// }
///
/// let rejected = testing::submission(format!("nickname={}", "x".repeat(41))).bind::<Profile>().unwrap_err();
/// let sentence = German.problem(&rejected.report().problems()[0]);
/// assert_eq!(sentence, "Spitzname hat 41 Zeichen; höchstens 32 sind erlaubt.");
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct German;

impl German {
    /// The sentence for a problem of this kind with what is called `label`.
    ///
    /// ```
    /// use secure_forms::form::{German, ProblemKind};
    /// assert_eq!(German.sentence("Farbe", &ProblemKind::NotOffered), "Farbe muss einer der angebotenen Werte sein.");
    /// ```
    pub fn sentence(self, label: &str, kind: &ProblemKind) -> String {
        sentence(label, kind)
    }
}

impl Messages for German {
    fn lang(&self) -> &'static str {
        "de"
    }

    fn problem(&self, problem: &Problem) -> String {
        if let Some(message) = problem.message {
            return message.to_owned();
        }
        let label = if problem.label.is_empty() { "Dieses Formular" } else { problem.label };
        sentence(label, &problem.kind)
    }

    fn summary(&self, count: usize) -> String {
        match count {
            1 => "Es gibt ein Problem mit Ihren Angaben.".to_owned(),
            count => format!("Es gibt {count} Probleme mit Ihren Angaben."),
        }
    }
}

fn sentence(label: &str, kind: &ProblemKind) -> String {
    match kind {
        ProblemKind::Missing | ProblemKind::Empty => format!("{label} ist erforderlich."),
        ProblemKind::NotAccepted => format!("Bitte kreuzen Sie „{label}“ an, um fortzufahren."),
        ProblemKind::TooShort { min, count: Some(count), unit } => {
            format!("{label} hat {}; mindestens {min} {} nötig.", counted(*count, *unit), is_or_are(*min))
        }
        ProblemKind::TooShort { min, count: None, unit } => {
            format!("{label} braucht mindestens {}.", counted(*min, *unit))
        }
        ProblemKind::TooLong { max, count: Some(count), unit } => {
            format!("{label} hat {}; höchstens {max} {} erlaubt.", counted(*count, *unit), is_or_are(*max))
        }
        ProblemKind::TooLong { max, count: None, unit } => format!("{label} fasst höchstens {}.", counted(*max, *unit)),
        ProblemKind::ControlCharacter => {
            format!("{label} darf keine Zeilenumbrüche oder anderen Steuerzeichen enthalten.")
        }
        ProblemKind::Invisible => {
            format!(
                "{label} enthält Zeichen, die man nicht sehen kann; bitte tippen Sie den Text, statt ihn einzufügen."
            )
        }
        ProblemKind::Pattern => format!("{label} hat nicht die erwartete Form."),
        ProblemKind::Email => format!("{label} ist keine E-Mail-Adresse; sie sollte aussehen wie name@example.com."),
        ProblemKind::Format(format) => of_format(label, *format),
        ProblemKind::NotANumber(digits) => of_number(label, *digits),
        ProblemKind::OutOfRange => format!("{label} liegt außerhalb des möglichen Bereichs."),
        ProblemKind::TooSmall { min } => format!("{label} muss mindestens {min} sein."),
        ProblemKind::TooLarge { max } => format!("{label} darf höchstens {max} sein."),
        ProblemKind::Step => format!("{label} liegt zwischen zwei erlaubten Werten."),
        ProblemKind::Excluded => format!("{label} darf diesen Wert nicht haben."),
        ProblemKind::NotOffered => format!("{label} muss einer der angebotenen Werte sein."),
        ProblemKind::NotEqual { other } => format!("{label} muss mit {other} übereinstimmen."),
        ProblemKind::FileType { accept } => of_file_type(label, accept),
        ProblemKind::FileMismatch => format!("{label} enthält etwas anderes, als der Dateiname sagt."),
        ProblemKind::TooManyPixels { max, width, height } => {
            format!(
                "{label} hat {width} × {height} Bildpunkte; insgesamt sind höchstens {} erlaubt.",
                in_millions(*max)
            )
        }
        ProblemKind::Invalid(message) => message.clone().into_owned(),
        ProblemKind::Body(problem) => of_body(label, *problem),
        ProblemKind::Forbidden => {
            "Nichts wurde getan: Die Anfrage kam nicht von dieser Seite. Bitte senden Sie das Formular noch einmal."
                .to_owned()
        }
        ProblemKind::CookiesNeeded => COOKIES_NEEDED.to_owned(),
        ProblemKind::MethodNotAllowed => {
            "Nichts wurde getan: So wird dieses Formular nicht gesendet. Bitte senden Sie es von seiner Seite."
                .to_owned()
        }
        ProblemKind::Unavailable => UNAVAILABLE.to_owned(),
        ProblemKind::BadNext => {
            "Die Adresse, zu der zurückgekehrt werden soll, liegt nicht auf dieser Website.".to_owned()
        }
        ProblemKind::TokenExpired => TOKEN_EXPIRED.to_owned(),
    }
}

const COOKIES_NEEDED: &str = "Nichts wurde getan: Ihr Browser hat kein Cookie gesendet, und dieses Formular braucht eines. Bitte \
                              erlauben Sie Cookies für diese Website und senden Sie das Formular noch einmal.";

const UNAVAILABLE: &str = "Nichts wurde getan: Das kann im Augenblick nicht geprüft werden. Bitte senden Sie es in ein paar Minuten \
                           noch einmal.";

const TOKEN_EXPIRED: &str = "Diese Seite war zu lange geöffnet. Nichts wurde getan; bitte prüfen Sie Ihre Angaben und senden Sie sie \
                             noch einmal.";

fn of_number(label: &str, digits: Digits) -> String {
    match digits {
        Digits::Whole => format!("{label} muss eine ganze Zahl sein: nur Ziffern, wie in 1250."),
        Digits::Decimal => {
            format!("{label} muss eine Zahl sein: Ziffern mit einem Punkt und ohne Komma, wie in 1250.5.")
        }
    }
}

fn of_format(label: &str, format: TextFormat) -> String {
    match format {
        TextFormat::Color => format!("{label} ist keine Farbe; sie sollte aussehen wie #1a2b3c."),
        TextFormat::Date => format!("{label} ist kein Datum; es sollte aussehen wie 2024-12-31."),
        TextFormat::Hostname => {
            format!("{label} ist kein Name eines Rechners; er sollte aussehen wie www.example.com.")
        }
        TextFormat::Ip(_) => format!("{label} ist keine IP-Adresse der verlangten Art."),
        TextFormat::Mac => format!("{label} ist keine MAC-Adresse; sie sollte aussehen wie 00:1a:2b:3c:4d:5e."),
        TextFormat::Slug => {
            format!("{label} darf nur Kleinbuchstaben, Ziffern und einzelne Bindestriche dazwischen enthalten.")
        }
        TextFormat::Time => format!("{label} ist keine Uhrzeit; sie sollte aussehen wie 23:59."),
        TextFormat::Url => {
            format!("{label} ist nicht die Adresse einer Seite; sie sollte aussehen wie https://example.com/page.")
        }
        TextFormat::PublicUrl => format!(
            "{label} ist nicht die Adresse einer Seite im öffentlichen Internet; sie sollte aussehen wie https://example.com/page."
        ),
        TextFormat::Uuid(_) => {
            format!("{label} ist keine UUID; sie sollte aussehen wie 67e55044-10b1-426f-9247-bb680e5fe0c8.")
        }
    }
}

fn of_body(label: &str, problem: BodyProblem) -> String {
    match problem {
        BodyProblem::BadUtf8 => "Der Text ist kein gültiges UTF-8.".to_owned(),
        BodyProblem::BadPercentEncoding => "Auf ein % müssen zwei hexadezimale Ziffern folgen.".to_owned(),
        BodyProblem::Repeated => "Dieses Feld wurde mehr als einmal gesendet.".to_owned(),
        BodyProblem::TooManyFields { max } => {
            format!("Das Formular hat zu viele Felder; höchstens {max} werden gelesen.")
        }
        BodyProblem::BodyTooLarge { max } => format!("Das Formular ist zu groß; höchstens {max} Byte werden gelesen."),
        BodyProblem::FileTooLarge { max } => format!("{label} ist zu groß; höchstens {} sind erlaubt.", bytes(max)),
        BodyProblem::PartHeaderTooLarge { max_bytes, max_lines } => {
            format!(
                "Der Kopf eines Teils ist zu groß; höchstens {max_bytes} Byte in {max_lines} Zeilen werden gelesen."
            )
        }
        BodyProblem::NotStored => {
            "Die Datei konnte nicht gespeichert werden; bitte versuchen Sie es noch einmal.".to_owned()
        }
        BodyProblem::UnsupportedType => {
            "Ein Formular wird als application/x-www-form-urlencoded oder multipart/form-data gesendet.".to_owned()
        }
        BodyProblem::Malformed => "Das Formular konnte nicht bis zum Ende gelesen werden.".to_owned(),
        BodyProblem::UnknownField => "Das Formular hat kein Feld dieses Namens.".to_owned(),
        BodyProblem::AlreadyBound => "Das Formular wurde schon gelesen.".to_owned(),
    }
}

fn of_file_type(label: &str, accept: &[&str]) -> String {
    match accept {
        [] => format!("{label} ist keine Datei einer erlaubten Art."),
        accept => {
            let group = |group: &str| match group {
                "image" => "Bilder".to_owned(),
                "audio" => "Tonaufnahmen".to_owned(),
                "video" => "Videos".to_owned(),
                other => format!("alles der Art {other}"),
            };
            format!("{label} ist keine Datei einer erlaubten Art; erlaubt sind {}.", listed(accept, group, "und"))
        }
    }
}

fn counted(count: usize, unit: Unit) -> String {
    match unit {
        Unit::Bytes => format!("{count} Byte"),
        Unit::Utf16 | Unit::Chars => format!("{count} Zeichen"),
        #[cfg(feature = "graphemes")]
        Unit::Graphemes => format!("{count} Zeichen"),
    }
}

/// `2 MiB`, where it comes out even.
fn bytes(count: u64) -> String {
    match whole_unit(count) {
        Some((count, unit)) => format!("{count} {unit}"),
        None => format!("{count} Byte"),
    }
}

/// `12 Millionen`, where it comes out even.
fn in_millions(count: u64) -> String {
    match count {
        1_000_000 => "eine Million".to_owned(),
        count if count > 0 && count.is_multiple_of(1_000_000) => format!("{} Millionen", count / 1_000_000),
        count => count.to_string(),
    }
}

fn is_or_are(count: usize) -> &'static str {
    if count == 1 { "ist" } else { "sind" }
}
