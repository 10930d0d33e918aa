//! Numbers of pixels as the attributes write them, `12MP` or `4000x3000`: text enters, width times height leaves.

/// Why a text is not a number of pixels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PixelsProblem {
    /// It is neither a number, a number of megapixels, nor two numbers with an `x` between them.
    NoNumber,
    /// It is nothing.
    Zero,
    /// More than 64 bits can count.
    TooLarge,
}

/// Reads a number of pixels: `12000000`, `12MP`, `4000x3000`.
///
/// ```
/// use secure_forms_core::value::pixels::{PixelsProblem, parse};
/// assert_eq!(parse("12MP"), Ok(12_000_000));
/// assert_eq!(parse("4000x3000"), Ok(12_000_000));
/// assert_eq!(parse("12 megapixels"), Err(PixelsProblem::NoNumber));
/// ```
///
/// # Errors
/// It is no such number, it is zero, or it does not fit into 64 bits.
pub fn parse(text: &str) -> Result<u64, PixelsProblem> {
    let (first, second) = match (text.strip_suffix("MP"), text.split_once('x')) {
        (Some(millions), _) => (number(millions)?, 1_000_000),
        (None, Some((width, height))) => (number(width)?, number(height)?),
        (None, None) => (number(text)?, 1),
    };
    match first.checked_mul(second) {
        None => Err(PixelsProblem::TooLarge),
        Some(0) => Err(PixelsProblem::Zero),
        Some(pixels) => Ok(pixels),
    }
}

fn number(digits: &str) -> Result<u64, PixelsProblem> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(PixelsProblem::NoNumber);
    }
    digits.parse().map_err(|_| PixelsProblem::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told() {
        assert_eq!(parse("640x480"), Ok(307_200));
        for no in ["", "MP", "x", "4x", "1.5MP", "+4", "4 x 3", "12mp"] {
            assert_eq!(parse(no), Err(PixelsProblem::NoNumber), "{no}");
        }
        for zero in ["0", "0MP", "4000x0"] {
            assert_eq!(parse(zero), Err(PixelsProblem::Zero), "{zero}");
        }
        for large in ["18446744073709551616", "18446744073709MP0x", "18446744073710MP", "4294967296x4294967296"] {
            assert!(parse(large).is_err(), "{large}");
        }
    }
}
