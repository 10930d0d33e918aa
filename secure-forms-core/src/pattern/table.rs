//! The loop that runs a table over a text. Tables are trusted to be what [`compile`](super::compile()) made: a wrong
//! one gives a wrong answer, never a panic.

/// A compiled regular expression: data, made at compile time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Pattern<'t> {
    /// A deterministic automaton.
    Table(Table<'t>),
    /// Characters of one set, so many of them.
    ClassCount(ClassCount<'t>),
}

impl Pattern<'_> {
    /// Whether the text matches: the whole of it, or a part of it if the pattern was compiled for
    /// [`Scope::Search`](super::Scope::Search).
    ///
    /// ```
    /// use secure_forms_core::pattern::{Next, Pattern, Table};
    ///
    /// // `a*`: class 1 is the letter, state 0 stays where it is and accepts.
    /// const CLASSES: &[u8; 256] = &{ let mut classes = [0; 256]; classes[b'a' as usize] = 1; classes };
    /// const ONLY_A: Pattern<'static> = Pattern::Table(Table {
    ///     classes: CLASSES,
    ///     next: Next::Narrow { states: &[2, 0], stride: 2 },
    ///     start: 0,
    ///     accept_from: 0,
    ///     accept_to: 1,
    /// });
    /// assert!(ONLY_A.matches("aaa"));
    /// assert!(!ONLY_A.matches("aab"));
    /// ```
    #[must_use]
    #[inline]
    pub fn matches(&self, text: &str) -> bool {
        match self {
            Self::Table(table) => table.matches(text),
            Self::ClassCount(class) => class.matches(text),
        }
    }
}

/// A deterministic automaton over the bytes of UTF-8 text.
///
/// States that accept are numbered after those that do not. Two states have no row, because nothing leads out of them,
/// so that leaving the table is what ends the loop early: "accepts whatever follows", the first number without a row,
/// and "refuses whatever follows", the second.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Table<'t> {
    /// The class of each byte: bytes of one class are never told apart.
    pub classes: &'t [u8; 256],
    /// Where each state goes by each class.
    pub next: Next<'t>,
    /// The state before the first byte.
    pub start: u16,
    /// The first state that accepts.
    pub accept_from: u16,
    /// The last state that accepts: the one that accepts whatever follows.
    pub accept_to: u16,
}

/// The transitions of a [`Table`], one row per state. Byte strings, because those compile faster than arrays of numbers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Next<'t> {
    /// A state is one byte, its number.
    Narrow {
        /// Rows of `stride` bytes.
        states: &'t [u8],
        /// The number of classes.
        stride: u16,
    },
    /// A state is two bytes, low byte first: the place of its row, counted in entries of two bytes.
    Wide(&'t [u8]),
}

impl Table<'_> {
    /// Whether the automaton accepts the text.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.accepts(text.as_bytes())
    }

    fn accepts(&self, bytes: &[u8]) -> bool {
        let last = match self.next {
            Next::Narrow { states, stride } => self.run_narrow(bytes, states, usize::from(stride)),
            Next::Wide(places) => self.run_wide(bytes, places.as_chunks().0),
        };
        usize::from(self.accept_from) <= last && last <= usize::from(self.accept_to)
    }

    fn run_narrow(&self, bytes: &[u8], states: &[u8], stride: usize) -> usize {
        let mut state = usize::from(self.start);
        for &byte in bytes {
            let class = usize::from(self.classes[usize::from(byte)]);
            let Some(&next) = states.get(state * stride + class) else { break };
            state = usize::from(next);
        }
        state
    }

    fn run_wide(&self, bytes: &[u8], places: &[[u8; 2]]) -> usize {
        let mut place = usize::from(self.start);
        for &byte in bytes {
            let class = usize::from(self.classes[usize::from(byte)]);
            let Some(&next) = places.get(place + class) else { break };
            place = usize::from(u16::from_le_bytes(next));
        }
        place
    }
}

/// `[class]{min,max}` over the whole text: the table tells members, a count replaces the states that repetition would
/// need.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ClassCount<'t> {
    /// The automaton of `[class]*`; its start is where each character begins.
    pub members: Table<'t>,
    /// The byte class of the ASCII members, all of which lead from the start back to it.
    pub ascii: u8,
    /// The fewest characters.
    pub min: u32,
    /// The most characters; `u32::MAX` is without limit.
    pub max: u32,
}

/// The longest character in UTF-8 (RFC 3629, section 3).
const MAX_BYTES_PER_CHAR: usize = 4;

impl ClassCount<'_> {
    /// Whether the text is `min` to `max` characters, all of them members.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let (min, max) = (self.min as usize, if self.max == u32::MAX { usize::MAX } else { self.max as usize });
        // The length in bytes first: a text far too long costs nothing.
        if text.len() < min || text.len() > max.saturating_mul(MAX_BYTES_PER_CHAR) {
            return false;
        }
        let classes = self.members.classes;
        match text.bytes().position(|byte| classes[usize::from(byte)] != self.ascii) {
            None => text.len() <= max,
            Some(at) => {
                let rest = text.as_bytes().get(at..).unwrap_or_default();
                self.members.accepts(rest) && self.counts(text, min, max)
            }
        }
    }

    fn counts(&self, text: &str, min: usize, max: usize) -> bool {
        let certain = text.len().div_ceil(MAX_BYTES_PER_CHAR) >= min && text.len() <= max;
        certain || (min..=max).contains(&text.chars().count())
    }
}
