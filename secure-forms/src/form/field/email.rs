//! Email addresses: the type is the validator.

use std::borrow::Cow;
use std::fmt;

use super::{FieldValue, Textual};
use crate::form::problem::ProblemKind;
use crate::form::rule::EmailLevel;
use crate::form::spec::{FieldKind, Input};

/// An email address of the `strict` level: a mailbox name, `@`, a domain with a dot, within the lengths of RFC 5321.
///
/// ```
/// use secure_forms::EmailAddress;
/// let address: EmailAddress = "Ada@example.org".parse().unwrap();
/// assert_eq!(address.as_str(), "Ada@example.org");
/// assert_eq!(address.domain(), "example.org");
/// for other in ["ada@localhost", "ada@127.0.0.1", "-oXqueue@example.org"] {
///     assert!(other.parse::<EmailAddress>().is_err(), "{other}");
/// }
/// ```
///
/// # Security
/// It holds no character that adds a header or a recipient, and does not begin with a hyphen, as an option of a program does.
/// That an address is well formed says nothing of who reads its mail. Its case is kept: two spellings may be one mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The address as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the last `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The address as text.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl std::str::FromStr for EmailAddress {
    type Err = ProblemKind;

    fn from_str(text: &str) -> Result<Self, ProblemKind> {
        <Self as FieldValue<'_>>::parse(text)
    }
}

impl AsRef<str> for EmailAddress {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'a> FieldValue<'a> for EmailAddress {
    type Text<'t> = Cow<'t, str>;

    const KIND: FieldKind = FieldKind::required(Input::Email);

    fn parse(text: &'a str) -> Result<Self, ProblemKind> {
        EmailLevel::Strict.check(text)?;
        Ok(Self(text.to_owned()))
    }

    fn to_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }
}

impl Textual for EmailAddress {}
