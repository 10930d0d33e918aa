//! Numbers: ASCII digits with an optional `-`, and a fraction for floats (HTML Standard, 2.3.4.2 and 2.3.4.3, without
//! exponents). What the type cannot hold is "out of range", which tells a person more than "not a number".

use std::borrow::Cow;
use std::io::Write;

use secure_forms_core::value::number::{self, NumberProblem};

use super::{FieldValue, Numeric};
use crate::form::problem::{Digits, Number, ProblemKind};
use crate::form::spec::{FieldKind, Input};

/// Whole numbers of every width differ only in their limits, and traits cannot be implemented for "all integers".
macro_rules! integer {
    ($($integer:ty),*) => {$(
        impl<'a> FieldValue<'a> for $integer {
            type Text<'t> = Cow<'t, str>;

            const KIND: FieldKind =
                FieldKind::required(Input::Integer { min: Self::MIN as i128, max: clamp(Self::MAX as u128) });

            #[inline]
            fn parse(text: &'a str) -> Result<Self, ProblemKind> {
                number::integer(text).map_err(|problem| kind_of(problem, Digits::Whole))
            }

            fn to_text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }

            #[inline]
            fn number(&self) -> Option<Number> {
                Some(i128::try_from(*self).map_or(BEYOND, Number::Integer))
            }
        }

        impl Numeric for $integer {}
    )*};
}

integer!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize);

/// A `u128` that no limit reaches: limits are `i128`.
const BEYOND: Number = Number::Float(f64::INFINITY);

/// Limits are kept as `i128`; only `u128` reaches beyond.
const fn clamp(max: u128) -> i128 {
    if max > i128::MAX as u128 { i128::MAX } else { max as i128 }
}

fn kind_of(problem: NumberProblem, expected: Digits) -> ProblemKind {
    match problem {
        NumberProblem::NotANumber => ProblemKind::NotANumber(expected),
        NumberProblem::OutOfRange => ProblemKind::OutOfRange,
    }
}

macro_rules! float {
    ($($float:ty, $magnitude:path);*) => {$(
        impl<'a> FieldValue<'a> for $float {
            type Text<'t> = Cow<'t, str>;

            const KIND: FieldKind = FieldKind::required(Input::Float);

            fn parse(text: &'a str) -> Result<Self, ProblemKind> {
                number::float(text).map_err(|problem| kind_of(problem, Digits::Decimal))
            }

            fn to_text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }

            fn number(&self) -> Option<Number> {
                Some(Number::Float($magnitude(*self)))
            }
        }

        impl Numeric for $float {}
    )*};
}

float!(f32, as_written; f64, f64::from);

/// By its decimal digits: the `f32` nearest to 0.1 is a little more than the `f64` nearest to it, and must not be above a
/// limit of 0.1.
fn as_written(number: f32) -> f64 {
    // The longest is `-1.17549435e-38`.
    let mut digits = [0; 16];
    let mut rest = &mut digits[..];
    let written = write!(rest, "{number:e}").map(|()| rest.len());
    let text = written.ok().and_then(|left| str::from_utf8(digits.get(..digits.len() - left)?).ok());
    text.and_then(|text| text.parse().ok()).unwrap_or(f64::from(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::rule::Range;

    fn u8_of(text: &str) -> Result<u8, ProblemKind> {
        FieldValue::parse(text)
    }

    #[test]
    fn digits_are_a_number() {
        assert_eq!(u8_of("0"), Ok(0));
        assert_eq!(u8_of("007"), Ok(7));
        assert_eq!(<i8 as FieldValue<'_>>::parse("-128"), Ok(-128));
    }

    #[test]
    fn what_the_type_cannot_hold_is_out_of_range() {
        for text in ["256", "-1", "99999999999999999999999999999999999999999"] {
            assert_eq!(u8_of(text), Err(ProblemKind::OutOfRange), "{text}");
        }
    }

    #[test]
    fn anything_else_is_no_number() {
        for text in ["", "+1", "1.0", "1e2", "٣", "0x1", "1 ", "-", "--1", "NaN"] {
            assert_eq!(u8_of(text), Err(ProblemKind::NotANumber(Digits::Whole)), "{text}");
        }
    }

    #[test]
    fn floats_have_no_exponent_and_no_infinity() {
        assert_eq!(<f64 as FieldValue<'_>>::parse("-.5"), Ok(-0.5));
        for text in ["1e3", "NaN", "inf", "5.", ".", "-", "+1", "1,5", "0x1p3"] {
            assert_eq!(<f64 as FieldValue<'_>>::parse(text), Err(ProblemKind::NotANumber(Digits::Decimal)), "{text}");
        }
        assert_eq!(<f32 as FieldValue<'_>>::parse(&"9".repeat(60)), Err(ProblemKind::OutOfRange));
    }

    fn within<T: for<'a> FieldValue<'a>>(text: &str, min: Number, max: Number) -> Result<(), ProblemKind> {
        let value: Result<T, ProblemKind> = FieldValue::parse(text);
        let number = value.unwrap().number().unwrap();
        Range { min: Some(min), max: Some(max) }.check(number)
    }

    #[test]
    fn a_number_beyond_every_limit_is_above_it() {
        let (zero, hundred) = (Number::Integer(0), Number::Integer(100));
        assert_eq!(within::<u128>("100", zero, hundred), Ok(()));
        assert_eq!(within::<u128>("101", zero, hundred), Err(ProblemKind::TooLarge { max: hundred }));
        for beyond in [(1 << 127), u128::MAX] {
            let beyond = beyond.to_string();
            assert_eq!(within::<u128>(&beyond, zero, hundred), Err(ProblemKind::TooLarge { max: hundred }));
            let most = Number::Integer(i128::MAX);
            assert_eq!(within::<u128>(&beyond, zero, most), Err(ProblemKind::TooLarge { max: most }));
        }
    }

    #[test]
    fn a_short_float_is_its_digits() {
        // As `f64`, the `f32` nearest to each of them lies outside.
        let (low, high) = (Number::Float(-0.1), Number::Float(0.1));
        for text in ["0.1", "-0.1", "0", ".10"] {
            assert_eq!(within::<f32>(text, low, high), Ok(()), "{text}");
            assert_eq!(within::<f64>(text, low, high), Ok(()), "{text}");
        }
        assert_eq!(within::<f32>("0.10001", low, high), Err(ProblemKind::TooLarge { max: high }));
        assert_eq!(within::<f32>("-0.10001", low, high), Err(ProblemKind::TooSmall { min: low }));
        for number in [f32::MIN_POSITIVE, f32::MAX, f32::MIN, -f32::MIN_POSITIVE, 1.0 / 3.0, -0.1, 1e-45] {
            assert_eq!(as_written(number).to_string(), number.to_string());
        }
    }
}
