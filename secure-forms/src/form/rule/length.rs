//! How long a text may be (WTForms `Length`, HTML `minlength` and `maxlength`).

use secure_forms_core::value::count::count;

use super::super::problem::{ProblemKind, Unit};

/// The least and the most, in `unit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// The least.
    pub min: usize,
    /// The most.
    pub max: usize,
    /// In which unit.
    pub unit: Unit,
}

impl Length {
    /// Judges a text.
    ///
    /// # Errors
    /// [`ProblemKind::TooShort`] or [`ProblemKind::TooLong`] with what was measured.
    #[inline]
    pub fn check(&self, text: &str) -> Result<(), ProblemKind> {
        self.check_count(count(text, self.unit))
    }

    const fn check_count(&self, count: usize) -> Result<(), ProblemKind> {
        if count < self.min {
            return Err(ProblemKind::TooShort { min: self.min, count: Some(count), unit: self.unit });
        }
        if count > self.max {
            return Err(ProblemKind::TooLong { max: self.max, count: Some(count), unit: self.unit });
        }
        Ok(())
    }

    /// The most bytes of UTF-8 that a text of this length has; `None` without a most.
    pub(crate) fn most_bytes(&self) -> Option<usize> {
        let of_one = match self.unit {
            _ if self.max == usize::MAX => return None,
            Unit::Bytes => 1,
            // A character of three bytes is one unit, and of four bytes two (Unicode Standard, 3.9).
            Unit::Utf16 => 3,
            Unit::Chars => 4,
            // A cluster has no most: room for the longest that people write, a family of four with their skins.
            #[cfg(feature = "graphemes")]
            Unit::Graphemes => 41,
        };
        Some(self.max.saturating_mul(of_one))
    }

    /// The `maxlength` for a browser, which counts UTF-16 units: never less than what the server accepts.
    pub(crate) fn html_max(&self) -> Option<usize> {
        match self.unit {
            _ if self.max == usize::MAX => None,
            // A character takes up to two units.
            Unit::Chars => self.max.checked_mul(2),
            // A cluster has no most.
            #[cfg(feature = "graphemes")]
            Unit::Graphemes => None,
            // A byte is at most one unit.
            Unit::Utf16 | Unit::Bytes => Some(self.max),
        }
    }

    /// The `minlength` for a browser: never more than what the server needs.
    pub(crate) fn html_min(&self) -> Option<usize> {
        match self.unit {
            _ if self.min == 0 => None,
            Unit::Utf16 | Unit::Chars => Some(self.min),
            #[cfg(feature = "graphemes")]
            Unit::Graphemes => Some(self.min),
            // A unit takes up to three bytes.
            Unit::Bytes => Some(self.min.div_ceil(3)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREE_TO_FIVE: Length = Length { min: 3, max: 5, unit: Unit::Utf16 };

    #[test]
    fn both_ends_are_allowed() {
        assert_eq!(THREE_TO_FIVE.check("abc"), Ok(()));
        assert_eq!(THREE_TO_FIVE.check("abcde"), Ok(()));
    }

    #[test]
    fn what_was_measured_is_told() {
        assert_eq!(THREE_TO_FIVE.check("ab"), Err(ProblemKind::TooShort { min: 3, count: Some(2), unit: Unit::Utf16 }));
        assert_eq!(
            THREE_TO_FIVE.check("äöü€😀"),
            Err(ProblemKind::TooLong { max: 5, count: Some(6), unit: Unit::Utf16 })
        );
    }

    #[test]
    fn a_line_break_is_one_unit_as_in_a_browser() {
        assert_eq!(THREE_TO_FIVE.check("ab\r\ncd"), Ok(()));
    }

    #[test]
    fn a_browser_never_refuses_what_the_server_accepts() {
        assert_eq!(Length { min: 0, max: 5, unit: Unit::Chars }.html_max(), Some(10));
        assert_eq!(Length { min: 4, max: 5, unit: Unit::Bytes }.html_min(), Some(2));
    }
}
