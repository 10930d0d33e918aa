//! How much a text must be like an email address (WTForms `Email`, HTML `type=email`).

use secure_forms_core::value::email::{self, Level};

use super::super::problem::ProblemKind;

/// How strict the rule is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum EmailLevel {
    /// The browser's rule (HTML Standard, 4.10.5.1.5): takes `ada@localhost`, and `-f@example.org`, which a program may read
    /// as an option: put `--` before it.
    Html,
    /// The browser's rule, a dot in the domain, whose last label is no number, no hyphen first, and the lengths of RFC 5321,
    /// 4.5.3.1.
    #[default]
    Strict,
    /// What RFC 5322 allows, quoted names and address literals too, as the email_address crate judges it. It may begin with a
    /// hyphen too.
    #[cfg(feature = "email")]
    Rfc,
}

impl EmailLevel {
    /// Judges a text.
    ///
    /// # Errors
    /// [`ProblemKind::Email`].
    pub fn check(self, text: &str) -> Result<(), ProblemKind> {
        let is_address = match self {
            Self::Html => email::check(text, Level::Html).is_ok(),
            Self::Strict => email::check(text, Level::Strict).is_ok(),
            #[cfg(feature = "email")]
            Self::Rfc => email_address::EmailAddress::is_valid(text),
        };
        if is_address { Ok(()) } else { Err(ProblemKind::Email) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_takes_more_than_the_one_before() {
        assert!(EmailLevel::Strict.check("ada@localhost").is_err());
        assert!(EmailLevel::Html.check("ada@localhost").is_ok());
        assert!(EmailLevel::Html.check("\"ada lovelace\"@example.org").is_err());
    }

    #[cfg(feature = "email")]
    #[test]
    fn the_rfc_takes_quoted_names() {
        assert!(EmailLevel::Rfc.check("\"ada lovelace\"@example.org").is_ok());
        assert!(EmailLevel::Rfc.check("ada lovelace@example.org").is_err());
    }
}
