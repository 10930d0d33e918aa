//! Steps of numbers (HTML Standard, 4.10.5.3.8): whether a decimal number is a whole number of steps away from a base.
//! Reckoned in decimal, not in binary, so that 0.3 is three steps of 0.1.

use std::fmt;

use super::number::is_decimal;

/// Why a number is not on a step.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum StepProblem {
    /// It is not a number.
    NotANumber,
    /// It has more digits than can be reckoned with, 38 with those that the step's fraction needs.
    OutOfRange,
    /// It lies between two steps.
    Between,
}

/// `digits` divided by ten to the power of `scale`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Decimal {
    digits: i128,
    scale: u32,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self { digits: 0, scale: 0 };

    /// `digits` divided by ten to the power of `scale`: `new(25, 2)` is 0.25.
    #[must_use]
    pub const fn new(digits: i128, scale: u32) -> Self {
        Self { digits, scale }
    }

    /// The digits, and how many of them stand behind the point.
    #[must_use]
    pub const fn parts(self) -> (i128, u32) {
        (self.digits, self.scale)
    }

    /// Reads a decimal number.
    ///
    /// # Errors
    /// The text is not a number without exponent, or has too many digits.
    pub fn parse(text: &str) -> Result<Self, StepProblem> {
        if !is_decimal(text) {
            return Err(StepProblem::NotANumber);
        }
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let fraction = fraction.trim_end_matches('0');
        let digits = whole
            .bytes()
            .chain(fraction.bytes())
            .filter(u8::is_ascii_digit)
            .try_fold(0i128, |value, digit| value.checked_mul(10)?.checked_add(i128::from(digit - b'0')));
        let digits = digits.ok_or(StepProblem::OutOfRange)?;
        let scale = u32::try_from(fraction.len()).map_err(|_| StepProblem::OutOfRange)?;
        Ok(Self { digits: if text.starts_with('-') { -digits } else { digits }, scale })
    }

    fn at(self, scale: u32) -> Option<i128> {
        self.digits.checked_mul(10i128.checked_pow(scale.checked_sub(self.scale)?)?)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = format!("{:0>1$}", self.digits.unsigned_abs(), self.scale as usize + 1);
        match digits.split_at_checked(digits.len() - self.scale as usize) {
            Some((whole, fraction)) if !fraction.is_empty() => write!(f, "{sign}{whole}.{fraction}"),
            _ => write!(f, "{sign}{digits}"),
        }
    }
}

/// Judges a number. A step of zero or less allows every number.
///
/// ```
/// use secure_forms_core::value::step::{check, Decimal, StepProblem};
/// let step = Decimal::parse("0.1").unwrap();
/// assert_eq!(check("0.3", step, Decimal::ZERO), Ok(()));
/// assert_eq!(check("0.35", step, Decimal::ZERO), Err(StepProblem::Between));
/// ```
///
/// # Errors
/// The text is not a number, has too many digits, or lies between two steps.
pub fn check(text: &str, step: Decimal, base: Decimal) -> Result<(), StepProblem> {
    let value = Decimal::parse(text)?;
    if step.digits <= 0 {
        return Ok(());
    }
    let scale = value.scale.max(step.scale).max(base.scale);
    let (Some(value), Some(step), Some(base)) = (value.at(scale), step.at(scale), base.at(scale)) else {
        return Err(StepProblem::OutOfRange);
    };
    // Remainders are compared, because the difference of the values may be too large.
    if value.rem_euclid(step) == base.rem_euclid(step) { Ok(()) } else { Err(StepProblem::Between) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_step(text: &str, step: &str, base: &str) -> Result<(), StepProblem> {
        check(text, Decimal::parse(step)?, Decimal::parse(base)?)
    }

    #[test]
    fn decimal_steps_are_exact() {
        for good in ["0", "0.1", "0.3", "0.7", "1000000.1", "-0.2", "1.10"] {
            assert_eq!(on_step(good, "0.1", "0"), Ok(()), "{good}");
        }
        assert_eq!(on_step("0.05", "0.1", "0"), Err(StepProblem::Between));
    }

    #[test]
    fn a_decimal_is_written_as_it_is_read() {
        for text in ["0", "5", "-5", "0.05", "-0.05", "12.5", "100"] {
            assert_eq!(Decimal::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Decimal::new(250, 2).to_string(), "2.50");
    }

    #[test]
    fn steps_begin_at_the_base() {
        assert_eq!(on_step("13", "5", "3"), Ok(()));
        assert_eq!(on_step("-2", "5", "3"), Ok(()));
        assert_eq!(on_step("10", "5", "3"), Err(StepProblem::Between));
    }

    #[test]
    fn no_number_and_too_many_digits_are_told_apart() {
        assert_eq!(on_step("x", "1", "0"), Err(StepProblem::NotANumber));
        assert_eq!(on_step("1e3", "1", "0"), Err(StepProblem::NotANumber));
        assert_eq!(on_step(&"9".repeat(40), "1", "0"), Err(StepProblem::OutOfRange));
        assert_eq!(on_step(&i128::MAX.to_string(), "7", &format!("-{}", i128::MAX)), Err(StepProblem::Between));
        assert_eq!(on_step(&i128::MAX.to_string(), "2", &format!("-{}", i128::MAX)), Ok(()));
    }
}
