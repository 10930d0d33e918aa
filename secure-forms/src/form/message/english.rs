//! The catalogue in English.

use super::Messages;
use super::measure::{listed, whole_unit};
use crate::form::format::TextFormat;
use crate::form::problem::{Digits, Problem, ProblemKind, Unit};
use crate::request::BodyProblem;

/// The built-in catalogue.
///
/// ```
/// use secure_forms::form::{English, Messages};
/// use secure_forms::{Form, testing};
///
/// #[derive(Debug, Form)]
/// struct Profile {
///     #[field(label = "Nickname", length(..=32))]
///     nickname: String,
/// }
///
/// let rejected = testing::submission(format!("nickname={}", "x".repeat(41))).bind::<Profile>().unwrap_err();
/// let sentence = English.problem(&rejected.report().problems()[0]);
/// assert_eq!(sentence, "Nickname has 41 characters; at most 32 are allowed.");
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct English;

impl English {
    /// The sentence for a problem of this kind with what is called `label`.
    ///
    /// ```
    /// use secure_forms::form::{English, ProblemKind};
    /// assert_eq!(English.sentence("Colour", &ProblemKind::NotOffered), "Colour must be one of the offered values.");
    /// ```
    pub fn sentence(self, label: &str, kind: &ProblemKind) -> String {
        sentence(label, kind)
    }
}

impl Messages for English {
    fn lang(&self) -> &'static str {
        "en"
    }

    fn problem(&self, problem: &Problem) -> String {
        if let Some(message) = problem.message {
            return message.to_owned();
        }
        let label = if problem.label.is_empty() { "This form" } else { problem.label };
        sentence(label, &problem.kind)
    }

    fn summary(&self, count: usize) -> String {
        match count {
            1 => "There is a problem with what you sent.".to_owned(),
            count => format!("There are {count} problems with what you sent."),
        }
    }
}

fn sentence(label: &str, kind: &ProblemKind) -> String {
    match kind {
        ProblemKind::Missing | ProblemKind::Empty => format!("{label} is required."),
        ProblemKind::NotAccepted => format!("Tick “{label}” to go on."),
        ProblemKind::TooShort { min, count: Some(count), unit } => {
            format!("{label} has {}; at least {min} {} needed.", counted(*count, *unit), is_or_are(*min))
        }
        ProblemKind::TooShort { min, count: None, unit } => {
            format!("{label} needs at least {}.", counted(*min, *unit))
        }
        ProblemKind::TooLong { max, count: Some(count), unit } => {
            format!("{label} has {}; at most {max} {} allowed.", counted(*count, *unit), is_or_are(*max))
        }
        ProblemKind::TooLong { max, count: None, unit } => {
            format!("{label} takes at most {}.", counted(*max, *unit))
        }
        ProblemKind::ControlCharacter => format!("{label} must not hold line breaks or other control characters."),
        ProblemKind::Invisible => {
            format!("{label} holds characters that cannot be seen; please type it instead of pasting it.")
        }
        ProblemKind::Pattern => format!("{label} is not in the expected form."),
        ProblemKind::Email => format!("{label} is not an email address; it should look like name@example.com."),
        ProblemKind::Format(format) => of_format(label, *format),
        ProblemKind::NotANumber(digits) => of_number(label, *digits),
        ProblemKind::OutOfRange => format!("{label} is out of range."),
        ProblemKind::TooSmall { min } => format!("{label} must be at least {min}."),
        ProblemKind::TooLarge { max } => format!("{label} must be at most {max}."),
        ProblemKind::Step => format!("{label} lies between two allowed values."),
        ProblemKind::Excluded => format!("{label} must not have this value."),
        ProblemKind::NotOffered => format!("{label} must be one of the offered values."),
        ProblemKind::NotEqual { other } => format!("{label} must be the same as {other}."),
        ProblemKind::FileType { accept } => of_file_type(label, accept),
        ProblemKind::FileMismatch => format!("{label} holds something else than its name says."),
        ProblemKind::TooManyPixels { max, width, height } => {
            format!("{label} has {width} × {height} pixels; at most {} in all are allowed.", in_millions(*max))
        }
        ProblemKind::Invalid(message) => message.clone().into_owned(),
        ProblemKind::Body(problem) => of_body(label, *problem),
        ProblemKind::Forbidden => {
            "Nothing was done: the request did not come from this page. Please send the form again.".to_owned()
        }
        ProblemKind::CookiesNeeded => COOKIES_NEEDED.to_owned(),
        ProblemKind::MethodNotAllowed => {
            "Nothing was done: this form is not sent in this way. Please send it from its page.".to_owned()
        }
        ProblemKind::Unavailable => {
            "Nothing was done: this cannot be checked at the moment. Please send it again in a few minutes.".to_owned()
        }
        ProblemKind::BadNext => "The address to return to is not on this site.".to_owned(),
        ProblemKind::TokenExpired => {
            "This page had been open too long. Nothing was done; please check your input and send it again.".to_owned()
        }
    }
}

const COOKIES_NEEDED: &str = "Nothing was done: your browser sent no cookie, and this form needs one. Please allow cookies for this \
                              site and send the form again.";

fn of_number(label: &str, digits: Digits) -> String {
    match digits {
        Digits::Whole => format!("{label} must be a whole number: digits alone, as in 1250."),
        Digits::Decimal => {
            format!("{label} must be a number: digits with a point and no comma, as in 1250.5.")
        }
    }
}

fn of_format(label: &str, format: TextFormat) -> String {
    match format {
        TextFormat::Color => format!("{label} is not a colour; it should look like #1a2b3c."),
        TextFormat::Date => format!("{label} is not a date; it should look like 2024-12-31."),
        TextFormat::Hostname => format!("{label} is not the name of a host; it should look like www.example.com."),
        TextFormat::Ip(_) => format!("{label} is not an IP address of the kind asked for."),
        TextFormat::Mac => format!("{label} is not a MAC address; it should look like 00:1a:2b:3c:4d:5e."),
        TextFormat::Slug => {
            format!("{label} must have only lower-case letters, digits and single hyphens between them.")
        }
        TextFormat::Time => format!("{label} is not a time; it should look like 23:59."),
        TextFormat::Url => {
            format!("{label} is not the address of a page; it should look like https://example.com/page.")
        }
        TextFormat::PublicUrl => format!(
            "{label} is not the address of a page on the public internet; it should look like https://example.com/page."
        ),
        TextFormat::Uuid(_) => {
            format!("{label} is not a UUID; it should look like 67e55044-10b1-426f-9247-bb680e5fe0c8.")
        }
    }
}

fn of_body(label: &str, problem: BodyProblem) -> String {
    match problem {
        BodyProblem::FileTooLarge { max } => format!("{label} is too large; at most {} are allowed.", bytes(max)),
        // Its own sentences are English.
        problem => problem.to_string(),
    }
}

fn of_file_type(label: &str, accept: &[&str]) -> String {
    match accept {
        [] => format!("{label} is not a file of an accepted type."),
        accept => {
            let accepted = listed(accept, |group| format!("any {group}"), "and");
            format!("{label} is not a file of an accepted type; accepted are {accepted}.")
        }
    }
}

fn counted(count: usize, unit: Unit) -> String {
    let noun = match unit {
        Unit::Bytes => "byte",
        _ => "character",
    };
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// `2 MiB`, where it comes out even.
fn bytes(count: u64) -> String {
    match whole_unit(count) {
        Some((count, unit)) => format!("{count} {unit}"),
        None => format!("{count} bytes"),
    }
}

/// `12 million`, where it comes out even.
fn in_millions(count: u64) -> String {
    if count > 0 && count.is_multiple_of(1_000_000) {
        format!("{} million", count / 1_000_000)
    } else {
        count.to_string()
    }
}

fn is_or_are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}
