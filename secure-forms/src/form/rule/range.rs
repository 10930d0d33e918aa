//! Between which numbers a number lies (WTForms `NumberRange`, HTML `min` and `max`). Both ends are allowed.

use super::super::problem::{Number, ProblemKind};

/// The least and the greatest, each if there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The least.
    pub min: Option<Number>,
    /// The greatest.
    pub max: Option<Number>,
}

impl Range {
    /// Judges a number.
    ///
    /// # Errors
    /// [`ProblemKind::TooSmall`] or [`ProblemKind::TooLarge`] with the limit.
    #[inline]
    pub fn check(&self, number: Number) -> Result<(), ProblemKind> {
        match (self.min, self.max) {
            (Some(min), _) if is_less(number, min) => Err(ProblemKind::TooSmall { min }),
            (_, Some(max)) if is_less(max, number) => Err(ProblemKind::TooLarge { max }),
            _ => Ok(()),
        }
    }
}

#[inline]
fn is_less(a: Number, b: Number) -> bool {
    match (a, b) {
        (Number::Integer(a), Number::Integer(b)) => a < b,
        _ => as_float(a) < as_float(b),
    }
}

/// Kept apart: 128 bits to a float is a long way that whole numbers need not go.
#[cold]
#[inline(never)]
fn as_float(number: Number) -> f64 {
    match number {
        Number::Integer(value) => value as f64,
        Number::Float(value) => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_are_allowed() {
        let range = Range { min: Some(Number::Integer(13)), max: Some(Number::Integer(150)) };
        assert_eq!(range.check(Number::Integer(13)), Ok(()));
        assert_eq!(range.check(Number::Integer(150)), Ok(()));
        assert_eq!(range.check(Number::Integer(12)), Err(ProblemKind::TooSmall { min: Number::Integer(13) }));
        assert_eq!(range.check(Number::Integer(151)), Err(ProblemKind::TooLarge { max: Number::Integer(150) }));
    }

    #[test]
    fn a_whole_limit_holds_for_a_fraction() {
        let range = Range { min: Some(Number::Integer(0)), max: None };
        assert_eq!(range.check(Number::Float(0.5)), Ok(()));
        assert_eq!(range.check(Number::Float(-0.5)), Err(ProblemKind::TooSmall { min: Number::Integer(0) }));
    }
}
