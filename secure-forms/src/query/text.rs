//! The text of one statement that is about to run: a constant of the program, or such a constant without the optional parts that are absent.

use std::borrow::Cow;

use super::checked::{Checked, Dialect};
use super::error::{Error, ErrorKind};

/// How many parts of a text have a bit; those behind them are always there.
const MAX_PARTS: usize = u64::BITS as usize;

/// Which statement of a query is wanted, in every dialect.
#[derive(Clone, Copy, Debug)]
pub(super) struct Variant {
    /// The number of its text.
    pub(super) shape: usize,
    /// Its independent parts that are there: bit 0 is the first.
    pub(super) present: u64,
}

/// A text of [`Checked::TEXTS`], and which of its parts are there.
///
/// # Security
/// All that it holds is constant but for one bit per part, and a bit can only leave out a stretch of the constant.
#[derive(Clone, Copy, Debug)]
pub(super) struct SqlText {
    whole: &'static str,
    parts: &'static [(usize, usize)],
    present: u64,
}

impl SqlText {
    /// The text of a variant in a dialect, and the schema that it was checked against: the one place where SQL comes from.
    pub(super) fn of<Q: Checked>(dialect: Dialect, variant: Variant) -> Result<(Self, u64), Error> {
        let wrong = |what| Error::new(ErrorKind::Configuration(what));
        let texts = Q::TEXTS.iter().find(|texts| texts.dialect == dialect);
        let texts = texts.ok_or_else(|| wrong("the statement has no text in this dialect"))?;
        let whole = texts.shapes.get(variant.shape).ok_or_else(|| wrong("no such shape"))?;
        let parts = texts.parts.get(variant.shape).copied().unwrap_or_default();
        Ok((Self { whole, parts, present: variant.present }, texts.schema))
    }

    /// The statement. What is kept prepared of it is bounded as for all statements: by the connection's cache.
    pub(super) fn join(self) -> Result<Cow<'static, str>, Error> {
        let whole = self.whole;
        let with_bit = self.parts.len().min(MAX_PARTS);
        // The bits behind the last part say nothing; a shift by all 64 is none at all.
        let with_bit = u64::MAX.checked_shr((MAX_PARTS - with_bit) as u32).unwrap_or(0);
        let mut absent = !self.present & with_bit;
        if absent == 0 {
            return Ok(Cow::Borrowed(whole));
        }
        let wrong = || Error::new(ErrorKind::Configuration("no such part"));
        let mut joined = String::with_capacity(whole.len());
        let mut from = 0;
        let mut leave_out = |(start, end): (usize, usize)| {
            // Parts that are absent side by side are one stretch.
            if from != start {
                joined.push_str(whole.get(from..start).ok_or_else(wrong)?);
            }
            from = end;
            Ok::<_, Error>(())
        };
        if absent == with_bit {
            // As most often: nothing is searched for yet, and no bit has to be looked at.
            self.parts.iter().take(MAX_PARTS).try_for_each(|&part| leave_out(part))?;
            absent = 0;
        }
        while absent != 0 {
            leave_out(*self.parts.get(absent.trailing_zeros() as usize).ok_or_else(wrong)?)?;
            absent &= absent - 1;
        }
        joined.push_str(whole.get(from..).ok_or_else(wrong)?);
        Ok(Cow::Owned(joined))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where it stands")]
mod tests {
    use super::*;

    #[test]
    fn absent_parts_are_left_out() {
        let text = |present| SqlText { whole: "a b c d", parts: &[(1, 3), (3, 5), (5, 7)], present };
        let joined: Vec<_> = (0..8).map(|present| text(present).join().unwrap().into_owned()).collect();
        assert_eq!(joined, ["a", "a b", "a c", "a b c", "a d", "a b d", "a c d", "a b c d"]);
        assert!(matches!(text(7).join(), Ok(Cow::Borrowed("a b c d"))));
        assert!(matches!(text(u64::MAX).join(), Ok(Cow::Borrowed("a b c d"))));
    }

    #[test]
    fn parts_without_a_bit_are_always_there() {
        const PARTS: [(usize, usize); MAX_PARTS + 1] = {
            let mut parts = [(0, 0); MAX_PARTS + 1];
            parts[MAX_PARTS] = (1, 2);
            parts
        };
        let text = |parts| SqlText { whole: "ab", parts, present: 0 };
        assert_eq!(text(&PARTS).join().unwrap(), "ab");
        assert_eq!(text(&PARTS[1..]).join().unwrap(), "a");
    }

    #[test]
    fn parts_that_are_not_in_the_text_are_an_error() {
        for parts in [&[(1, 9)], &[(9, 9)]] {
            assert!(SqlText { whole: "a b c d", parts, present: 0 }.join().is_err(), "{parts:?}");
        }
        let overlapping = SqlText { whole: "a b c d", parts: &[(1, 5), (3, 7)], present: 0 };
        assert!(overlapping.join().is_err());
        let within_a_letter = SqlText { whole: "aé", parts: &[(2, 3)], present: 0 };
        assert!(within_a_letter.join().is_err());
    }
}
