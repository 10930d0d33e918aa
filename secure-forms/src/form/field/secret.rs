//! Passwords and other text that must not be shown again.

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::Zeroize;

use super::{FieldValue, NeverShown, Textual};
use crate::form::filter::nfc;
use crate::form::problem::ProblemKind;
use crate::form::spec::{FieldKind, Input};

/// A password as a person typed it: asked for by `<input type=password>`, never echoed, never trimmed.
///
/// Its text is in Normalization Form C, so that `é` is one password whether a keyboard sends it as one character or as two:
/// NIST SP 800-63B-4, 3.1.1.2, asks to normalise before hashing, with the form of RFC 8265, 4.2. Passwords hashed from
/// text that was not composed no longer match if they hold such characters.
///
/// ```
/// use secure_forms::{Form, Secret, testing};
///
/// #[derive(Debug, Form)]
/// struct Login {
///     password: Secret,
/// }
///
/// let login = testing::submission("password=correct+horse").bind::<Login>().unwrap();
/// assert_eq!(login.password.expose(), "correct horse");
/// assert!(!format!("{login:?}").contains("horse"));
/// ```
///
/// # Security
/// `Debug` is redacted, there is no `Display`, comparison takes the same time wherever the texts differ, and the memory is
/// wiped on drop. The request's body buffer, which the server owns, is not wiped. It is not `Readable`, so it cannot enter
/// a signed cookie, which its owner could read.
pub struct Secret(String);

impl Secret {
    /// The text, for a password hash and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(mut text: String) -> Self {
        match nfc(&text) {
            None => Self(text),
            Some(composed) => {
                text.zeroize();
                Self(composed)
            }
        }
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for Secret {}

impl<'a> FieldValue<'a> for Secret {
    type Text<'t> = NeverShown;

    const KIND: FieldKind = FieldKind::required(Input::Password);

    fn parse(text: &'a str) -> Result<Self, ProblemKind> {
        Ok(Self(nfc(text).unwrap_or_else(|| text.to_owned())))
    }

    fn judged<'t>(&'t self, _: &'t str) -> &'t str {
        &self.0
    }

    fn to_text(&self) -> NeverShown {
        NeverShown
    }
}

impl Textual for Secret {}

#[cfg(test)]
mod tests {
    use super::super::Field;
    use super::*;

    #[test]
    fn no_way_of_formatting_shows_it() {
        let secret = Secret::from("hunter2".to_owned());
        for text in [format!("{secret:?}"), format!("{secret:#?}"), format!("{:?}", Some(&secret))] {
            assert!(!text.contains("hunter2"), "{text}");
        }
        assert_eq!(Field::to_text(&secret), None);
    }

    #[test]
    fn one_password_is_one_however_it_was_typed() {
        let (composed, apart) = ("pa\u{df}w\u{f6}rt", "pa\u{df}wo\u{308}rt");
        assert_eq!(<Secret as FieldValue<'_>>::parse(apart).unwrap().expose(), composed);
        assert_eq!(Secret::from(apart.to_owned()), Secret::from(composed.to_owned()));
    }

    #[test]
    fn equal_texts_are_equal_and_others_are_not() {
        assert_eq!(Secret::from("a".to_owned()), Secret::from("a".to_owned()));
        assert_ne!(Secret::from("a".to_owned()), Secret::from("ab".to_owned()));
    }
}
