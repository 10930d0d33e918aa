//! Looks at bytes eight at a time, as one number: form values are too short for the vectors that a compiler makes of a loop, whose
//! last bytes it then takes one by one. After H. S. Warren, Hacker's Delight, 6-1.

const LOW: u64 = u64::from_le_bytes([0x01; 8]);
const HIGH: u64 = u64::from_le_bytes([0x80; 8]);

/// Stands in the places of a word that the text does not fill.
const BLANK: u8 = b' ';

/// Whether `is_found` finds something in one of the words of `bytes`. The last two overlap, and a text of fewer than eight bytes is
/// filled up with spaces, so spaces are not to be looked for.
///
/// ```
/// use secure_forms_core::words::{any, equal};
///
/// let has_percent = |text: &str| any(text.as_bytes(), |word| equal(word, b'%') != 0);
/// assert!(has_percent("a value with a % in it") && has_percent("%") && !has_percent("plain") && !has_percent(""));
/// ```
#[inline]
pub fn any(bytes: &[u8], is_found: impl Fn(u64) -> bool) -> bool {
    let (words, rest) = bytes.as_chunks();
    if words.iter().any(|word| is_found(u64::from_le_bytes(*word))) {
        return true;
    }
    match bytes.last_chunk() {
        _ if rest.is_empty() => false,
        Some(last) => is_found(u64::from_le_bytes(*last)),
        None => is_found(rest.iter().fold(LOW * BLANK as u64, |word, &byte| word << 8 | u64::from(byte))),
    }
}

/// The high bit of each byte of `word` that is `byte`. A bit above the first true one may be wrong, so only the first, and
/// whether there is one, may be asked.
#[inline]
#[must_use]
pub const fn equal(word: u64, byte: u8) -> u64 {
    let zero_where_equal = word ^ (LOW * byte as u64);
    zero_where_equal.wrapping_sub(LOW) & !zero_where_equal & HIGH
}

/// Whether all bytes of `word` are printable ASCII, the space included.
#[inline]
#[must_use]
pub const fn is_printable(word: u64) -> bool {
    // Adding 1 to DEL and taking a space from a control sets the high bit. A carry or a borrow comes from a byte that is none either.
    (word | word.wrapping_add(LOW) | word.wrapping_sub(LOW * b' ' as u64)) & HIGH == 0
}

/// The high bit of each byte of `word` that is not ASCII.
#[inline]
#[must_use]
pub const fn beyond_ascii(word: u64) -> u64 {
    word & HIGH
}

/// The high bit of each byte of `word` that is an ASCII control: below the space, or DEL. As of [`equal`], only whether there is one may
/// be asked.
#[inline]
#[must_use]
pub const fn controls(word: u64) -> u64 {
    // Of seven bits, adding 0x60 sets the eighth from the space on, and carries nothing into the next byte.
    let from_space_on = (word & !HIGH).wrapping_add(LOW * 0x60);
    (!from_space_on & !word & HIGH) | equal(word, 0x7f)
}

/// The high bit of each byte of `word` that is at least `byte`, which is beyond ASCII itself.
#[inline]
#[must_use]
pub const fn at_least(word: u64, byte: u8) -> u64 {
    // The seven low bits and what is missing to `byte`: the eighth bit is set from `byte` on, and nothing is carried.
    (word & !HIGH).wrapping_add(LOW * byte.wrapping_neg() as u64) & word & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        for length in 0..=25 {
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    let mut text = vec![b' '; length];
                    text[place] = byte;
                    let says = |is_found: fn(u64) -> bool| any(&text, is_found);
                    assert_eq!(says(|word| equal(word, 0x7f) != 0), byte == 0x7f, "{text:?}");
                    assert_eq!(says(|word| !is_printable(word)), !matches!(byte, b' '..=b'~'), "{text:?}");
                    assert_eq!(says(|word| beyond_ascii(word) != 0), byte >= 0x80, "{text:?}");
                    assert_eq!(says(|word| controls(word) != 0), byte.is_ascii_control(), "{text:?}");
                    assert_eq!(says(|word| at_least(word, 0xcb) != 0), byte >= 0xcb, "{text:?}");
                }
            }
        }
    }

    #[test]
    fn neighbours_carry_nothing_into_a_byte() {
        for (neighbour, byte) in (0..=u8::MAX).flat_map(|neighbour| (0..=u8::MAX).map(move |byte| (neighbour, byte))) {
            let bytes = [neighbour, byte, neighbour, byte, byte, neighbour, byte, neighbour];
            let word = u64::from_le_bytes(bytes);
            let any = |is_one: fn(&u8) -> bool| bytes.iter().any(is_one);
            assert_eq!(controls(word) != 0, any(u8::is_ascii_control), "{bytes:x?}");
            assert_eq!(at_least(word, 0xcb) != 0, any(|byte| *byte >= 0xcb), "{bytes:x?}");
            assert_eq!(equal(word, 0xc2) != 0, any(|byte| *byte == 0xc2), "{bytes:x?}");
            assert_eq!(is_printable(word), !any(|byte| !matches!(byte, b' '..=b'~')), "{bytes:x?}");
        }
    }

    #[test]
    fn the_lowest_bit_is_that_of_the_first_byte() {
        for first in 0..8 {
            let mut text = [b'x'; 8];
            text[first..].fill(b'&');
            assert_eq!(equal(u64::from_le_bytes(text), b'&').trailing_zeros() as usize / 8, first);
        }
    }
}
