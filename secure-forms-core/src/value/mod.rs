//! The syntax of values, one file per kind: text enters, the value or a typed problem leaves, never the text itself. Each
//! file names its standard. All are pure and need no heap, and none but `visible` and `punycode` another crate: they ask
//! `unicode-normalization` which characters are marks and which have another spelling.

pub mod color;
pub mod count;
pub mod date;
pub mod email;
pub mod format;
pub mod hostname;
pub mod ip;
pub mod mac;
pub mod number;
pub mod pixels;
pub mod public;
mod punycode;
pub mod size;
pub mod slug;
pub mod step;
pub mod time;
pub mod url;
pub mod uuid;
pub mod visible;

/// The number that two ASCII digits write.
fn two_digits(text: &[u8]) -> Option<u8> {
    let &[tens @ b'0'..=b'9', ones @ b'0'..=b'9'] = text else { return None };
    Some((tens - b'0') * 10 + (ones - b'0'))
}

/// The value of a hexadecimal digit, in either case.
fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}
