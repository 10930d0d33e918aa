//! The loop that runs a table over a text. Tables are trusted to be what [`compile`](super::compile()) made: a wrong
//! one gives a wrong answer, never a panic.

/// A compiled regular expression: data, made at compile time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Pattern<'t> {
    /// A deterministic automaton.
    Table(Table<'t>),
    /// Characters of one set, so many of them.
    ClassCount(ClassCount<'t>),
    /// What no table can hold: a function that runs it.
    Large(Large),
}

/// A pattern that a function runs: generated code writes one for each, around what the feature `regex` keeps compiled.
///
/// ```
/// use secure_forms_core::pattern::{Large, Pattern};
/// const EVEN: Pattern<'static> = Pattern::Large(Large { matches: |text| text.len() % 2 == 0 });
/// assert!(EVEN.matches("ab") && !EVEN.matches("abc"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Large {
    /// Whether a text matches.
    pub matches: fn(&str) -> bool,
}

impl PartialEq for Large {
    /// One function, so far as its address tells.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::fn_addr_eq(self.matches, other.matches)
    }
}

impl Eq for Large {}

impl Pattern<'_> {
    /// Whether the text matches: the whole of it, or a part of it if the pattern was compiled for
    /// `Scope::Search` of the compiler.
    ///
    /// ```
    /// use secure_forms_core::pattern::{Alphabet, Pattern, Table};
    ///
    /// // `a*`: class 1 is the letter; from state 0, class 0 leads to 4, which refuses what follows, and class 1 to 0.
    /// const CLASSES: &[u8; 256] = &{ let mut classes = [0; 256]; classes[b'a' as usize] = 1; classes };
    /// const ONLY_A: Pattern<'static> = Pattern::Table(Table {
    ///     alphabet: Alphabet::Bytes(CLASSES),
    ///     next: &[4, 0, 0, 0],
    ///     start: 0,
    ///     accept_from: 0,
    ///     accept_to: 2,
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
            Self::Large(large) => (large.matches)(text),
        }
    }
}

/// A deterministic automaton.
///
/// A state is the place of its row in `next`; a row has an entry for each class of the alphabet. States that accept come
/// after those that do not. Two states have no row, because nothing leads out of them, so that leaving the table is what
/// ends the loop early: "accepts whatever follows", the first place behind the rows, and "refuses whatever follows", the
/// place of the row after it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Table<'t> {
    /// What the automaton reads, and which of it is never told apart.
    pub alphabet: Alphabet<'t>,
    /// Where each state goes by each class: entries of two bytes, the low one first. (A string of bytes compiles faster
    /// than an array of numbers.)
    pub next: &'t [u8],
    /// The state at the start of the text.
    pub start: u16,
    /// The first state that accepts.
    pub accept_from: u16,
    /// The last state that accepts: the one that accepts whatever follows.
    pub accept_to: u16,
}

/// What an automaton reads.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Alphabet<'t> {
    /// Bytes of UTF-8, by the class of each.
    Bytes(&'t [u8; 256]),
    /// Characters: large sets of Unicode would need hundreds of states to be read byte by byte.
    Chars(Chars<'t>),
}

/// The class of each character.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Chars<'t> {
    /// By code point: all that UTF-8 writes with one or two bytes.
    pub low: &'t [u8; LOW_CHARS],
    /// Ranges for the rest, in order, beginning with the first one: entries of four bytes, the class, then the first code
    /// point of the range, low byte first.
    pub ranges: &'t [u8],
}

/// Characters of one or two bytes (RFC 3629, section 3).
pub const LOW_CHARS: usize = 0x800;

impl Chars<'_> {
    #[inline]
    fn class(&self, char: char) -> usize {
        let code_point = u32::from(char);
        let class = match self.low.get(code_point as usize) {
            Some(&class) => class,
            None => self.class_by_range(code_point),
        };
        usize::from(class)
    }

    fn class_by_range(&self, code_point: u32) -> u8 {
        let ranges: &[[u8; 4]] = self.ranges.as_chunks().0;
        let behind = ranges.partition_point(|&range| u32::from_le_bytes(range) >> 8 <= code_point);
        behind.checked_sub(1).and_then(|at| ranges.get(at)).map_or(0, |range| range[0])
    }
}

impl Table<'_> {
    /// Whether the automaton accepts the text.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let last = match self.alphabet {
            Alphabet::Bytes(classes) => self.run(text.bytes().map(|byte| usize::from(classes[usize::from(byte)]))),
            Alphabet::Chars(chars) => self.run(text.chars().map(|char| chars.class(char))),
        };
        usize::from(self.accept_from) <= last && last <= usize::from(self.accept_to)
    }

    #[inline]
    fn run(&self, classes: impl Iterator<Item = usize>) -> usize {
        let next: &[[u8; 2]] = self.next.as_chunks().0;
        let mut state = usize::from(self.start);
        for class in classes {
            let Some(&entry) = next.get(state + class) else { break };
            state = usize::from(u16::from_le_bytes(entry));
        }
        state
    }
}

/// `[class]{min,max}` over the whole text: the table tells members, a count replaces the states that repetition would
/// need.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ClassCount<'t> {
    /// The automaton of `[class]*`; its start is where each character begins.
    pub members: Table<'t>,
    /// The class of the ASCII members.
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
        match self.ascii_members(text) {
            None => text.len() <= max,
            Some(at) => text.get(at..).is_some_and(|rest| self.members.matches(rest)) && counts(text, min, max),
        }
    }

    /// Where the first byte is that is not an ASCII member: the start of a character.
    #[inline]
    fn ascii_members(&self, text: &str) -> Option<usize> {
        let mut bytes = text.bytes();
        match self.members.alphabet {
            Alphabet::Bytes(classes) => bytes.position(|byte| classes[usize::from(byte)] != self.ascii),
            // By byte, not by character: those of more than one byte are left to the table.
            Alphabet::Chars(chars) => bytes.position(|byte| byte >= 0x80 || chars.low[usize::from(byte)] != self.ascii),
        }
    }
}

/// Whether there are `min` to `max` characters; they are counted only where the number of bytes leaves a doubt.
fn counts(text: &str, min: usize, max: usize) -> bool {
    let certain = text.len().div_ceil(MAX_BYTES_PER_CHAR) >= min && text.len() <= max;
    certain || (min..=max).contains(&text.chars().count())
}
