//! All short strings over an alphabet: every one is built in one buffer and lent to the test.

use std::ops::RangeInclusive;

/// The bytes that open redirects are made of.
pub(crate) const DANGEROUS: [&str; 23] = [
    "/", "\\", ":", "?", "#", "@", ".", "%", "\t", "\n", "\r", "\0", " ", "a", "e", "h", "t", "p", "s", "[", "]", ";",
    "&",
];

/// Those of them that the rule lets pass unencoded.
pub(crate) const PLAIN: [&str; 17] =
    ["/", ":", "?", "#", "@", ".", "%", "a", "e", "h", "t", "p", "s", "[", "]", ";", "&"];

/// Slashes, dots and controls, plain and in hiding.
pub(crate) const TOKENS: [&str; 15] =
    ["/", ".", "?", "#", ";", "a", "\\", "%2e", "%2E", "%2f", "%2F", "%5c", "%09", "%0a", "%25"];

/// All strings of `lengths` bytes behind `prefix`.
pub(crate) fn bytes(alphabet: &[&str], prefix: &str, lengths: RangeInclusive<usize>, visit: &mut impl FnMut(&str)) {
    for length in lengths {
        extend(alphabet, length, &mut prefix.to_owned(), visit);
    }
}

/// All strings of `counts` tokens.
pub(crate) fn tokens(alphabet: &[&str], counts: RangeInclusive<usize>, visit: &mut impl FnMut(&str)) {
    bytes(alphabet, "", counts, visit);
}

fn extend(alphabet: &[&str], left: usize, text: &mut String, visit: &mut impl FnMut(&str)) {
    if left == 0 {
        return visit(text);
    }
    let length = text.len();
    for piece in alphabet {
        text.push_str(piece);
        extend(alphabet, left - 1, text, visit);
        text.truncate(length);
    }
}
