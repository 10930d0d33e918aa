//! What can be wrong with a request body as a whole, before any field is looked at, and the HTTP status that answers it.

use std::fmt;

#[cfg(feature = "web")]
use http::StatusCode;

/// What is wrong with the form of a request body. It never holds a byte of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BodyProblem {
    /// A name or a value is not UTF-8 once it is decoded.
    BadUtf8,
    /// A `%` without two hexadecimal digits behind it.
    BadPercentEncoding,
    /// A field that takes one value came more than once.
    Repeated,
    /// More name/value pairs than a form may have.
    TooManyFields {
        /// The most that are read.
        max: usize,
    },
    /// The body is longer than the route takes.
    BodyTooLarge {
        /// The most bytes that are read.
        max: u64,
    },
    /// A file has more bytes than its field takes.
    FileTooLarge {
        /// The most bytes.
        max: u64,
    },
    /// The header of a part of a multipart body is longer than any browser writes one.
    PartHeaderTooLarge {
        /// The most bytes.
        max_bytes: usize,
        /// The most lines.
        max_lines: usize,
    },
    /// The server could not store a file.
    NotStored,
    /// The body is of a media type that a form does not take.
    UnsupportedType,
    /// The body breaks off, or its parts cannot be told from each other.
    Malformed,
    /// A field that the form does not have, where the form rejects those.
    UnknownField,
    /// The submission was bound before: its bytes were decoded in place and are spent.
    AlreadyBound,
}

impl BodyProblem {
    /// The HTTP status that answers it (RFC 9110, section 15.5).
    ///
    /// ```
    /// use secure_forms::form::BodyProblem;
    /// assert_eq!(BodyProblem::BadUtf8.status(), 400);
    /// assert_eq!(BodyProblem::TooManyFields { max: 1000 }.status(), 413);
    /// assert_eq!(BodyProblem::UnsupportedType.status(), 415);
    /// ```
    #[cfg(feature = "web")]
    pub fn status(self) -> StatusCode {
        match self {
            Self::TooManyFields { .. }
            | Self::BodyTooLarge { .. }
            | Self::FileTooLarge { .. }
            | Self::PartHeaderTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotStored => StatusCode::INSUFFICIENT_STORAGE,
            Self::UnsupportedType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// The variant's name, as a machine reads it.
    pub fn name(self) -> &'static str {
        match self {
            Self::BadUtf8 => "BadUtf8",
            Self::BadPercentEncoding => "BadPercentEncoding",
            Self::Repeated => "Repeated",
            Self::TooManyFields { .. } => "TooManyFields",
            Self::BodyTooLarge { .. } => "BodyTooLarge",
            Self::FileTooLarge { .. } => "FileTooLarge",
            Self::PartHeaderTooLarge { .. } => "PartHeaderTooLarge",
            Self::NotStored => "NotStored",
            Self::UnsupportedType => "UnsupportedType",
            Self::Malformed => "Malformed",
            Self::UnknownField => "UnknownField",
            Self::AlreadyBound => "AlreadyBound",
        }
    }
}

impl fmt::Display for BodyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadUtf8 => f.write_str("The text is not valid UTF-8."),
            Self::BadPercentEncoding => f.write_str("A % must be followed by two hexadecimal digits."),
            Self::Repeated => f.write_str("This field was sent more than once."),
            Self::TooManyFields { max } => write!(f, "The form has too many fields; at most {max} are read."),
            Self::BodyTooLarge { max } => write!(f, "The form is too large; at most {max} bytes are read."),
            Self::FileTooLarge { max } => write!(f, "The file is too large; at most {max} bytes are read."),
            Self::PartHeaderTooLarge { max_bytes, max_lines } => {
                write!(f, "The header of a part is too large; at most {max_bytes} bytes in {max_lines} lines are read.")
            }
            Self::NotStored => f.write_str("The file could not be stored; please try again."),
            Self::UnsupportedType => {
                f.write_str("A form is sent as application/x-www-form-urlencoded or multipart/form-data.")
            }
            Self::Malformed => f.write_str("The form could not be read to its end."),
            Self::UnknownField => f.write_str("The form has no field of this name."),
            Self::AlreadyBound => f.write_str("The form was read already."),
        }
    }
}

impl std::error::Error for BodyProblem {}
