//! The rules that narrow a value after its type has parsed it, one file per rule. A rule is a `const` value in the form's
//! table; each check is a pure function of the text or the number.

mod email;
mod format;
mod length;
mod range;
mod step;

use std::mem::discriminant;

use secure_forms_core::pattern::Pattern;

use super::format::TextFormat;
use super::problem::{Number, ProblemKind};

pub use email::EmailLevel;
pub use length::Length;
pub use range::Range;
pub use step::{Decimal, Step};

/// One rule with the sentence that the attribute gave it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What must hold.
    pub constraint: Constraint,
    /// What a person reads if it does not.
    pub message: Option<&'static str>,
}

/// What must hold.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Constraint {
    /// The text's length.
    Length(Length),
    /// The whole text matches; the second part is the same pattern for a browser, where it means the same there.
    Pattern(&'static Pattern<'static>, Option<&'static str>),
    /// The text is an email address.
    Email(EmailLevel),
    /// The text is of this kind.
    Format(TextFormat),
    /// The number is within limits.
    Range(Range),
    /// The number is on a step.
    Step(Step),
    /// The text is one of these.
    OneOf(&'static [&'static str]),
    /// The text is none of these.
    NoneOf(&'static [&'static str]),
}

impl Constraint {
    /// Whether this rule is the one that answers so: its sentence belongs to that problem.
    pub(crate) fn refuses_with(&self, kind: &ProblemKind) -> bool {
        match self {
            Self::Length(_) => matches!(kind, ProblemKind::TooShort { .. } | ProblemKind::TooLong { .. }),
            Self::Pattern(..) => matches!(kind, ProblemKind::Pattern),
            Self::Email(_) => matches!(kind, ProblemKind::Email),
            // Of another version it is the same problem: a UUID that is none is not of the version asked for.
            Self::Format(format) => {
                matches!(kind, ProblemKind::Format(other) if discriminant(other) == discriminant(format))
            }
            Self::Range(_) => matches!(kind, ProblemKind::TooSmall { .. } | ProblemKind::TooLarge { .. }),
            Self::Step(_) => matches!(kind, ProblemKind::Step),
            Self::OneOf(_) => matches!(kind, ProblemKind::NotOffered),
            Self::NoneOf(_) => matches!(kind, ProblemKind::Excluded),
        }
    }

    /// Judges a value by its text and, if it is a number, its magnitude.
    #[inline]
    pub(crate) fn check(&self, text: &str, number: Option<Number>) -> Result<(), ProblemKind> {
        match self {
            Self::Length(length) => length.check(text),
            Self::Pattern(pattern, _) if pattern.matches(text) => Ok(()),
            Self::Pattern(..) => Err(ProblemKind::Pattern),
            Self::Email(level) => level.check(text),
            Self::Format(format) => format.check(text),
            Self::Range(range) => number.map_or(Ok(()), |number| range.check(number)),
            Self::Step(step) => step.check(text),
            Self::OneOf(values) if !values.contains(&text) => Err(ProblemKind::NotOffered),
            Self::NoneOf(values) if values.contains(&text) => Err(ProblemKind::Excluded),
            Self::OneOf(_) | Self::NoneOf(_) => Ok(()),
        }
    }
}
