//! MAC addresses (IEEE 802, EUI-48): text enters, six bytes leave. Two hexadecimal digits six times, with colons or with
//! hyphens between them, not mixed.

use super::hex_digit;

/// Not a MAC address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotMac;

/// Reads an address.
///
/// ```
/// use secure_forms_core::value::mac::{parse, NotMac};
/// assert_eq!(parse("00:1A:2b:3c:4d:5e"), Ok([0x00, 0x1a, 0x2b, 0x3c, 0x4d, 0x5e]));
/// assert_eq!(parse("001a.2b3c.4d5e"), Err(NotMac));
/// ```
///
/// # Errors
/// The text is not an address in this form.
pub fn parse(text: &str) -> Result<[u8; 6], NotMac> {
    let text: &[u8; 17] = text.as_bytes().try_into().map_err(|_| NotMac)?;
    let separator = text[2];
    if !matches!(separator, b':' | b'-') {
        return Err(NotMac);
    }
    let mut address = [0; 6];
    for (byte, group) in address.iter_mut().zip(text.chunks(3)) {
        *byte = match *group {
            [high, low] => pair(high, low)?,
            [high, low, between] if between == separator => pair(high, low)?,
            _ => return Err(NotMac),
        };
    }
    Ok(address)
}

fn pair(high: u8, low: u8) -> Result<u8, NotMac> {
    let digit = |byte| hex_digit(byte).ok_or(NotMac);
    Ok(digit(high)? << 4 | digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colons_and_hyphens_say_the_same() {
        assert_eq!(parse("aa-bb-cc-dd-ee-ff"), parse("AA:BB:CC:DD:EE:FF"));
        assert!(parse("aa-bb-cc-dd-ee-ff").is_ok());
    }

    #[test]
    fn other_spellings_are_refused() {
        for bad in [
            "",
            "aa:bb:cc:dd:ee",
            "aa:bb-cc:dd:ee:ff",
            "aabbccddeeff",
            "aa:bb:cc:dd:ee:fg",
            "aa:bb:cc:dd:ee:ff:",
            "aa:bb:cc:dd:ee:é",
        ] {
            assert_eq!(parse(bad), Err(NotMac), "{bad}");
        }
    }
}
