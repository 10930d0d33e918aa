//! `application/x-www-form-urlencoded` bytes become name/value pairs (URL Standard, section 5.1), decoded in the buffer
//! that holds them, so that every value is a `&str` and none is allocated. Stricter than the standard: bytes that are not
//! UTF-8 and a `%` without two digits are problems, where the standard would replace or keep them.

use secure_forms_core::percent::decode_form_in_place;
use secure_forms_core::words::equal;

use super::BodyProblem;

/// What a byte means to the scanner; everything else is plain.
const AMPERSAND: u8 = 1;
const EQUALS: u8 = 2;
const ESCAPE: u8 = 4;

const CLASS: [u8; 256] = {
    let mut table = [0; 256];
    table[b'&' as usize] = AMPERSAND;
    table[b'=' as usize] = EQUALS;
    table[b'%' as usize] = ESCAPE;
    table[b'+' as usize] = ESCAPE;
    table
};

/// One pair. A part that cannot be decoded keeps its problem, so that the other pairs are not lost with it.
#[derive(Debug, PartialEq)]
pub(crate) struct Pair<'a> {
    /// Bytes: a name that a form has is UTF-8, and only the others need a proof.
    pub(crate) name: Result<&'a [u8], BodyProblem>,
    pub(crate) value: Result<&'a str, BodyProblem>,
}

#[cfg(test)]
thread_local! {
    /// How many bodies this thread has begun to look through.
    pub(crate) static PASSES: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Iterates over the pairs of a body and decodes each in place.
pub(crate) struct Pairs<'a> {
    rest: &'a mut [u8],
}

impl<'a> Pairs<'a> {
    pub(crate) fn new(body: &'a mut [u8]) -> Self {
        #[cfg(test)]
        PASSES.set(PASSES.get() + 1);
        Self { rest: body }
    }
}

impl<'a> Iterator for Pairs<'a> {
    type Item = Pair<'a>;

    #[inline]
    fn next(&mut self) -> Option<Pair<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let bounds = Bounds::scan(self.rest);
            let (segment, after) = std::mem::take(&mut self.rest).split_at_mut(bounds.end);
            self.rest = after.split_first_mut().map_or(&mut [], |(_, after)| after);
            // `&&` and a trailing `&` separate nothing (URL Standard, 5.1, step 3.1).
            if bounds.end == 0 {
                continue;
            }
            let (name, value) = segment.split_at_mut(bounds.name_end);
            let value = value.split_first_mut().map_or(&mut [][..], |(_, value)| value);
            return Some(Pair {
                name: decode(name, bounds.name_is_escaped),
                value: decode(value, bounds.value_is_escaped).and_then(utf8),
            });
        }
    }
}

/// Where a pair ends, where its name ends, and which of both must be decoded.
struct Bounds {
    name_end: usize,
    end: usize,
    name_is_escaped: bool,
    value_is_escaped: bool,
}

impl Bounds {
    #[inline]
    fn scan(bytes: &[u8]) -> Self {
        let (mut at, mut name_seen) = (0, 0);
        while at < bytes.len() {
            let class = CLASS[bytes[at] as usize];
            name_seen |= class;
            if class & (AMPERSAND | EQUALS) != 0 {
                break;
            }
            at += 1;
        }
        let (length, value_is_escaped) = value_end(bytes.get(at..).unwrap_or_default());
        Self { name_end: at, end: at + length, name_is_escaped: name_seen & ESCAPE != 0, value_is_escaped }
    }
}

/// How far a value goes, and whether something in it is escaped; eight bytes at a time, because values are the body's bulk.
#[inline]
fn value_end(bytes: &[u8]) -> (usize, bool) {
    let (words, rest) = bytes.as_chunks();
    let mut is_escaped = false;
    for (at, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let (ends, escapes) = (equal(word, b'&'), equal(word, b'%') | equal(word, b'+'));
        if ends != 0 {
            let before_the_end = (ends & ends.wrapping_neg()) - 1;
            let end = at * 8 + ends.trailing_zeros() as usize / 8;
            return (end, is_escaped || escapes & before_the_end != 0);
        }
        is_escaped |= escapes != 0;
    }
    for (at, &byte) in rest.iter().enumerate() {
        match CLASS[byte as usize] {
            AMPERSAND => return (words.len() * 8 + at, is_escaped),
            class => is_escaped |= class == ESCAPE,
        }
    }
    (bytes.len(), is_escaped)
}

#[inline]
fn utf8(text: &[u8]) -> Result<&str, BodyProblem> {
    std::str::from_utf8(text).map_err(|_| BodyProblem::BadUtf8)
}

/// Decodes `+` and percent triplets towards the front of the buffer.
#[inline]
fn decode(text: &mut [u8], is_escaped: bool) -> Result<&[u8], BodyProblem> {
    let length =
        if is_escaped { decode_form_in_place(text).map_err(|_| BodyProblem::BadPercentEncoding)? } else { text.len() };
    let text: &[u8] = text;
    Ok(text.get(..length).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(body: &str) -> Vec<(Result<String, BodyProblem>, Result<String, BodyProblem>)> {
        let mut buffer = body.as_bytes().to_vec();
        let name = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
        Pairs::new(&mut buffer).map(|pair| (pair.name.map(name), pair.value.map(str::to_owned))).collect()
    }

    fn good(pairs: &[(&str, &str)]) -> Vec<(Result<String, BodyProblem>, Result<String, BodyProblem>)> {
        pairs.iter().map(|(name, value)| (Ok((*name).to_owned()), Ok((*value).to_owned()))).collect()
    }

    #[test]
    fn pairs_come_in_order_and_decoded() {
        assert_eq!(pairs("a=1&b=x+y%C3%A9&c"), good(&[("a", "1"), ("b", "x yé"), ("c", "")]));
    }

    #[test]
    fn empty_pairs_are_no_pairs() {
        assert_eq!(pairs("&&a=1&&"), good(&[("a", "1")]));
        assert_eq!(pairs(""), good(&[]));
        assert_eq!(pairs("="), good(&[("", "")]));
    }

    #[test]
    fn values_end_at_the_ampersand_wherever_it_stands() {
        for plain in 0..20 {
            for mark in ["", "+", "%20", "$*'"] {
                let (value, behind) = ("x".repeat(plain), "+&%41&".repeat(3));
                let body = format!("{value}{mark}{value}&{behind}");
                let is_escaped = mark == "+" || mark == "%20";
                assert_eq!(value_end(body.as_bytes()), (2 * plain + mark.len(), is_escaped), "{body}");
                let alone = format!("{value}{mark}");
                assert_eq!(value_end(alone.as_bytes()), (alone.len(), is_escaped), "{alone}");
            }
        }
    }

    #[test]
    fn only_the_first_equals_sign_divides() {
        assert_eq!(pairs("a=b=c&%3D=%26"), good(&[("a", "b=c"), ("=", "&")]));
    }

    #[test]
    fn a_broken_value_does_not_take_the_others_with_it() {
        let broken = |problem| vec![(Ok("a".to_owned()), Err(problem)), (Ok("b".to_owned()), Ok("2".to_owned()))];
        assert_eq!(pairs("a=%&b=2"), broken(BodyProblem::BadPercentEncoding));
        assert_eq!(pairs("a=%4&b=2"), broken(BodyProblem::BadPercentEncoding));
        assert_eq!(pairs("a=%zz&b=2"), broken(BodyProblem::BadPercentEncoding));
        assert_eq!(pairs("a=%ff&b=2"), broken(BodyProblem::BadUtf8));
    }
}
