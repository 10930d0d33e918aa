//! Colours as `<input type=color>` sends them: text enters, red, green and blue leave. A valid simple colour of the HTML
//! Standard (2.3.6): `#` and six hexadecimal digits of either case.

use super::hex_digit;

/// Not a colour.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotColor;

/// Reads a colour.
///
/// ```
/// use secure_forms_core::value::color::{parse, NotColor};
/// assert_eq!(parse("#FF8000"), Ok([255, 128, 0]));
/// assert_eq!(parse("#f80"), Err(NotColor));
/// ```
///
/// # Errors
/// The text is not a colour in this form.
pub fn parse(text: &str) -> Result<[u8; 3], NotColor> {
    let Some(&[a, b, c, d, e, f]) = text.strip_prefix('#').map(str::as_bytes) else { return Err(NotColor) };
    let digit = |byte| hex_digit(byte).ok_or(NotColor);
    let pair = |high, low| Ok(digit(high)? << 4 | digit(low)?);
    Ok([pair(a, b)?, pair(c, d)?, pair(e, f)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_cases_are_the_same_colour() {
        assert_eq!(parse("#00aAfF"), Ok([0, 170, 255]));
    }

    #[test]
    fn other_spellings_are_refused() {
        for bad in ["", "#", "00aaff", "#fff", "#00aaff80", "#00aafg", "red", " #00aaff", "#00aaff\n", "#éééa"] {
            assert_eq!(parse(bad), Err(NotColor), "{bad:?}");
        }
    }
}
