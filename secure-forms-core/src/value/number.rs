//! Numbers as HTML writes them (HTML Standard, 2.3.4.1 and 2.3.4.3), without exponents: ASCII digits, a leading `-`, never
//! `+`, spaces, grouping, NaN or ∞. Leading zeros are allowed. Too large is not the same as not a number.

use std::str::FromStr;

/// Why a text is not a number of this type.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NumberProblem {
    /// It is not a number.
    NotANumber,
    /// It is a number that the type cannot hold.
    OutOfRange,
}

/// So many digits always fit into 64 bits.
const DIGITS_IN_U64: usize = 19;

/// Reads an integer of any type of the standard library.
///
/// ```
/// use secure_forms_core::value::number::{integer, NumberProblem};
/// assert_eq!(integer::<u8>("042"), Ok(42));
/// assert_eq!(integer::<i64>("-7"), Ok(-7));
/// assert_eq!(integer::<u8>("256"), Err(NumberProblem::OutOfRange));
/// assert_eq!(integer::<u8>("-1"), Err(NumberProblem::OutOfRange));
/// assert_eq!(integer::<u8>("+1"), Err(NumberProblem::NotANumber));
/// ```
///
/// # Errors
/// The text is not a valid integer (HTML Standard, 2.3.4.1), or the type cannot hold it.
pub fn integer<T>(text: &str) -> Result<T, NumberProblem>
where
    T: TryFrom<i128> + TryFrom<u128> + TryFrom<u64>,
{
    let (negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if !negative && !digits.is_empty() && digits.len() <= DIGITS_IN_U64 {
        return T::try_from(short(digits)?).map_err(|_| NumberProblem::OutOfRange);
    }
    let magnitude = magnitude(digits)?.ok_or(NumberProblem::OutOfRange)?;
    let value = if negative {
        0i128.checked_sub_unsigned(magnitude).and_then(|value| T::try_from(value).ok())
    } else {
        T::try_from(magnitude).ok()
    };
    value.ok_or(NumberProblem::OutOfRange)
}

fn short(digits: &[u8]) -> Result<u64, NumberProblem> {
    let mut value: u64 = 0;
    for &byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return Err(NumberProblem::NotANumber);
        }
        value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
    }
    Ok(value)
}

/// The digits' value; none if it is beyond 128 bits.
fn magnitude(digits: &[u8]) -> Result<Option<u128>, NumberProblem> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(NumberProblem::NotANumber);
    }
    let add = |value: u128, &digit: &u8| value.checked_mul(10)?.checked_add(u128::from(digit - b'0'));
    Ok(digits.iter().try_fold(0, add))
}

/// A float type of the standard library.
pub trait Float: FromStr + std::ops::Add<Output = Self> + Copy + sealed::Sealed {
    /// Zero.
    const ZERO: Self;
    /// Whether the number is neither infinite nor NaN.
    fn is_finite(self) -> bool;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

impl Float for f32 {
    const ZERO: Self = 0.0;
    fn is_finite(self) -> bool {
        self.is_finite()
    }
}

impl Float for f64 {
    const ZERO: Self = 0.0;
    fn is_finite(self) -> bool {
        self.is_finite()
    }
}

/// Reads a decimal fraction: `5`, `-0.25`, `.5`; not `5.` and not `1e3`. There is no negative zero, as in HTML.
///
/// ```
/// use secure_forms_core::value::number::{float, NumberProblem};
/// assert_eq!(float::<f64>("-.5"), Ok(-0.5));
/// assert_eq!(float::<f64>("5."), Err(NumberProblem::NotANumber));
/// assert_eq!(float::<f64>("1e3"), Err(NumberProblem::NotANumber));
/// assert_eq!(float::<f32>(&"9".repeat(40)), Err(NumberProblem::OutOfRange));
/// ```
///
/// # Errors
/// The text is not a valid floating-point number without exponent (HTML Standard, 2.3.4.3), or it is too large.
pub fn float<T: Float>(text: &str) -> Result<T, NumberProblem> {
    if !is_decimal(text) {
        return Err(NumberProblem::NotANumber);
    }
    let value: T = text.parse().map_err(|_| NumberProblem::NotANumber)?;
    // Minus zero plus zero is zero.
    if value.is_finite() { Ok(value + T::ZERO) } else { Err(NumberProblem::OutOfRange) }
}

/// Whether a text is a valid floating-point number without exponent.
///
/// ```
/// use secure_forms_core::value::number::is_decimal;
/// assert!(is_decimal("-12.50") && is_decimal(".5"));
/// assert!(!is_decimal("12.") && !is_decimal("1e3") && !is_decimal("+1") && !is_decimal("NaN"));
/// ```
#[must_use]
pub fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match unsigned.split_once('.') {
        None => !unsigned.is_empty() && digits(unsigned),
        Some((whole, fraction)) => digits(whole) && !fraction.is_empty() && digits(fraction),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_reaches_its_own_ends() {
        assert_eq!(integer::<i8>("-128"), Ok(i8::MIN));
        assert_eq!(integer::<i8>("-129"), Err(NumberProblem::OutOfRange));
        assert_eq!(integer::<u64>("18446744073709551615"), Ok(u64::MAX));
        assert_eq!(integer::<u64>("18446744073709551616"), Err(NumberProblem::OutOfRange));
        assert_eq!(integer::<i128>(&i128::MIN.to_string()), Ok(i128::MIN));
        assert_eq!(integer::<u128>(&u128::MAX.to_string()), Ok(u128::MAX));
        assert_eq!(integer::<u128>("340282366920938463463374607431768211456"), Err(NumberProblem::OutOfRange));
    }

    #[test]
    fn zero_and_leading_zeros_are_numbers() {
        assert_eq!(integer::<u8>("0"), Ok(0));
        assert_eq!(integer::<u8>("-0"), Ok(0));
        assert_eq!(integer::<u8>(&format!("{}7", "0".repeat(99))), Ok(7));
    }

    #[test]
    fn what_only_looks_like_a_number_is_none() {
        for bad in ["", "-", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "1_000", "1,000", "--1", "٣", "１", "1\0", "9x"] {
            assert_eq!(integer::<i32>(bad), Err(NumberProblem::NotANumber), "{bad:?}");
        }
        assert_eq!(integer::<u8>(&format!("{}x", "9".repeat(60))), Err(NumberProblem::NotANumber));
    }

    #[test]
    fn fractions_are_read_as_html_writes_them() {
        for (good, value) in [("1", 1.0), ("-1.25", -1.25), (".5", 0.5), ("-.5", -0.5), ("007.10", 7.1)] {
            assert_eq!(float::<f64>(good), Ok(value));
        }
        for bad in
            ["", "-", ".", "-.", "5.", "+1", "1e3", "NaN", "inf", "-inf", "infinity", "1.2.3", " 1", "1,5", "0x1"]
        {
            assert_eq!(float::<f64>(bad), Err(NumberProblem::NotANumber), "{bad:?}");
        }
    }

    #[test]
    fn there_is_no_negative_zero_and_no_infinity() {
        assert!(float::<f64>("-0").is_ok_and(f64::is_sign_positive));
        assert_eq!(float::<f64>(&"9".repeat(400)), Err(NumberProblem::OutOfRange));
    }
}
