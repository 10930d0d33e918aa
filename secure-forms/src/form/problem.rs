//! What is wrong with a value, as data: the kind, its limits, what was measured. Never a word of the value itself;
//! [`Messages`](super::Messages) turns a problem into a sentence.

use std::borrow::Cow;
use std::fmt;

pub use secure_forms_core::value::count::Unit;

use super::format::TextFormat;
use super::name::NamedField;
use crate::request::BodyProblem;

/// A bound of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number.
    Integer(i128),
    /// A number with a fraction.
    Float(f64),
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
        }
    }
}

/// How a number is written.
///
/// ```
/// use secure_forms::form::{English, ProblemKind};
/// use secure_forms::rule::Digits;
/// let sentence = English.sentence("Price", &ProblemKind::NotANumber(Digits::Decimal));
/// assert_eq!(sentence, "Price must be a number: digits with a point and no comma, as in 1250.5.");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    /// ASCII digits, and a `-` before them.
    Whole,
    /// The same, and a fraction behind a point.
    Decimal,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The field did not come at all.
    Missing,
    /// The field came, and nothing was left of it after filtering.
    Empty,
    /// The box must be ticked.
    NotAccepted,
    /// Shorter than allowed.
    TooShort {
        /// The least.
        min: usize,
        /// What came; `None` where the field is secret.
        count: Option<usize>,
        /// In which unit both are.
        unit: Unit,
    },
    /// Longer than allowed.
    TooLong {
        /// The most.
        max: usize,
        /// What came; `None` where the field is secret.
        count: Option<usize>,
        /// In which unit both are.
        unit: Unit,
    },
    /// A line break, NUL or another control character where text is one line.
    ControlCharacter,
    /// A character that cannot be seen or that changes the order of those that can; or none that can be seen.
    Invisible,
    /// Not of the form that the pattern asks for.
    Pattern,
    /// Not an email address.
    Email,
    /// Not a text of this format.
    Format(TextFormat),
    /// Not a number of this kind.
    NotANumber(Digits),
    /// A number that the field's type cannot hold.
    OutOfRange,
    /// Below the least number.
    TooSmall {
        /// The least.
        min: Number,
    },
    /// Above the greatest number.
    TooLarge {
        /// The greatest.
        max: Number,
    },
    /// Between two steps.
    Step,
    /// None of the offered values.
    NotOffered,
    /// One of the values that may not be.
    Excluded,
    /// Differs from the field that it repeats.
    NotEqual {
        /// The label of the other field.
        other: &'static str,
    },
    /// A file of a type that the field does not take.
    FileType {
        /// What it takes, as the field's `accept` says it; empty: everything that is of some known type.
        accept: &'static [&'static str],
    },
    /// A file whose content is of another type than its name says.
    FileMismatch,
    /// A picture of more pixels than the field takes.
    TooManyPixels {
        /// The most, in width times height.
        max: u64,
        /// From left to right.
        width: u32,
        /// From top to bottom.
        height: u32,
    },
    /// What a check of the application says.
    Invalid(Cow<'static, str>),
    /// What is wrong with the body, or with how this field stands in it.
    Body(BodyProblem),
    /// The form's token was too old, or of a session that has ended; what was typed is still there.
    TokenExpired,
    /// As `TokenExpired`, from a browser that sent no cookie: with cookies switched off every token is too old.
    CookiesNeeded,
    /// The request may have come from another site.
    Forbidden,
    /// The request's method does not carry such a form: a form that is sent by POST came by GET, say.
    MethodNotAllowed,
    /// A check of the application could not be made.
    Unavailable,
    /// The place to go to afterwards is not on this site.
    BadNext,
}

impl ProblemKind {
    /// The same without what was measured of the value: the length of a secret helps to guess it.
    pub(crate) fn without_measure(self) -> Self {
        match self {
            Self::TooShort { min, unit, .. } => Self::TooShort { min, count: None, unit },
            Self::TooLong { max, unit, .. } => Self::TooLong { max, count: None, unit },
            other => other,
        }
    }

    /// The variant's name, as a machine reads it; of a format and of a body, the name of what is wrong with it.
    ///
    /// ```
    /// use secure_forms::form::ProblemKind;
    /// use secure_forms::form::BodyProblem;
    /// assert_eq!(ProblemKind::Empty.name(), "Empty");
    /// assert_eq!(ProblemKind::Body(BodyProblem::BadUtf8).name(), "BadUtf8");
    /// ```
    pub fn name(&self) -> &'static str {
        match self {
            Self::Missing => "Missing",
            Self::Empty => "Empty",
            Self::NotAccepted => "NotAccepted",
            Self::TooShort { .. } => "TooShort",
            Self::TooLong { .. } => "TooLong",
            Self::ControlCharacter => "ControlCharacter",
            Self::Invisible => "Invisible",
            Self::Pattern => "Pattern",
            Self::Email => "Email",
            Self::Format(format) => format.name(),
            Self::NotANumber(_) => "NotANumber",
            Self::OutOfRange => "OutOfRange",
            Self::TooSmall { .. } => "TooSmall",
            Self::TooLarge { .. } => "TooLarge",
            Self::Step => "Step",
            Self::NotOffered => "NotOffered",
            Self::Excluded => "Excluded",
            Self::NotEqual { .. } => "NotEqual",
            Self::FileType { .. } => "FileType",
            Self::FileMismatch => "FileMismatch",
            Self::TooManyPixels { .. } => "TooManyPixels",
            Self::Invalid(_) => "Invalid",
            Self::Body(problem) => problem.name(),
            Self::TokenExpired => "TokenExpired",
            Self::CookiesNeeded => "CookiesNeeded",
            Self::Forbidden => "Forbidden",
            Self::MethodNotAllowed => "MethodNotAllowed",
            Self::Unavailable => "Unavailable",
            Self::BadNext => "BadNext",
        }
    }
}

/// One problem: which field, what kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub(crate) path: Cow<'static, str>,
    pub(crate) label: &'static str,
    pub(crate) kind: ProblemKind,
    pub(crate) message: Option<&'static str>,
}

impl Problem {
    /// The field's name on the wire; "" for the form as a whole.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The field's label; "" for the form as a whole.
    pub fn label(&self) -> &str {
        self.label
    }

    /// What is wrong.
    pub fn kind(&self) -> &ProblemKind {
        &self.kind
    }

    /// The sentence that the attribute gave for this problem (`message = "…"`), which goes before the catalogue's.
    pub fn message(&self) -> Option<&'static str> {
        self.message
    }
}

/// What an application's own check answers when it refuses: a sentence for the person, and the field it stands beside.
///
/// ```
/// use secure_forms::Invalid;
///
/// fn not_reserved(name: &str) -> Result<(), Invalid> {
///     if name == "admin" { Err(Invalid::new("This name is reserved.")) } else { Ok(()) }
/// }
/// assert!(not_reserved("admin").is_err());
/// assert!(not_reserved("ada").is_ok());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    pub(crate) field: Option<&'static str>,
    pub(crate) message: Cow<'static, str>,
}

impl Invalid {
    /// A sentence that says what is wrong and how to mend it. Leave the person's input out of it.
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self { field: None, message: message.into() }
    }

    /// Names the field beside which the sentence stands: `.on(Register::FIELDS.email)`. A form-level check needs it, a field's own
    /// does not.
    ///
    /// ```compile_fail,E0609
    /// # use secure_forms::{Form, Invalid};
    /// # #[derive(Form)]
    /// # struct Register { email: String }
    /// let lost = Invalid::new("This email is taken.").on(Register::FIELDS.emial);
    /// ```
    #[must_use]
    pub fn on(mut self, field: impl NamedField) -> Self {
        self.field = Some(field.on_the_wire());
        self
    }
}
