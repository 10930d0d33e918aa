//! From the meaning of a pattern to its smallest table: a regular expression in HIR form enters, the rows of a
//! deterministic automaton leave. `regex-automata` determinizes; here match states collapse, equal states and equal byte
//! classes are merged, and what is left is numbered as [`Table`](super::Table) wants it.

use std::collections::HashMap;

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::{Anchored, MatchKind};
use regex_syntax::hir::Hir;

use crate::alphabet::{self, Groups};
use crate::options::Scope;
use secure_forms_core::pattern::{Alphabet, Chars, LOW_CHARS, Table};

/// NFA, DFA and the work of making it: what is larger would make a compiler slow long before its table is too large.
const BUILD_LIMIT: usize = 256 << 10;
/// The transitions of a finished table.
const TABLE_LIMIT: usize = 64 << 10;
/// Merging equal states takes time in the square of their number.
const MINIMIZE_LIMIT: usize = 1024;

/// Why there is no table.
#[derive(Debug)]
pub(super) enum NoTable {
    /// A limit was exceeded.
    TooLarge,
    /// An assertion that no table can judge: Unicode's `\b`.
    Assertion,
}

/// A table that owns its bytes.
#[derive(Clone, Debug)]
pub(super) struct Owned {
    alphabet: OwnedAlphabet,
    rows: Rows,
}

#[derive(Clone, Debug)]
enum OwnedAlphabet {
    Bytes(Box<[u8; 256]>),
    Chars { low: Box<[u8; LOW_CHARS]>, ranges: Vec<u8> },
}

#[derive(Clone, Debug)]
struct Rows {
    next: Vec<u8>,
    start: u16,
    accept_from: u16,
    accept_to: u16,
}

impl Owned {
    pub(super) fn table(&self) -> Table<'_> {
        let alphabet = match &self.alphabet {
            OwnedAlphabet::Bytes(classes) => Alphabet::Bytes(classes),
            OwnedAlphabet::Chars { low, ranges } => Alphabet::Chars(Chars { low, ranges }),
        };
        let Rows { ref next, start, accept_from, accept_to } = self.rows;
        Table { alphabet, next, start, accept_from, accept_to }
    }

    /// The class of the ASCII members in the automaton of `[class]*`; a number that no byte has if there are none.
    pub(super) fn ascii_members(&self) -> u8 {
        let classes: &[u8] = match &self.alphabet {
            OwnedAlphabet::Bytes(classes) => &classes[..],
            OwnedAlphabet::Chars { low, .. } => &low[..],
        };
        let ascii = classes.iter().zip(0..0x80u8);
        let member = |(_, byte): &(&u8, u8)| self.table().matches(char::from(*byte).encode_utf8(&mut [0; 4]));
        // Class 255 is never one of bytes: UTF-8, which lacks C0, C1 and F5 to FF, cannot tell 256 of them apart. Nor is
        // it one of characters: a single set makes two groups.
        ascii.into_iter().find(member).map_or(u8::MAX, |(&class, _)| class)
    }
}

/// Makes the table of a regular expression: over bytes, or over characters if it holds large sets of them or if bytes
/// make it too large.
pub(super) fn build(hir: &Hir, scope: Scope) -> Result<Owned, NoTable> {
    if alphabet::has_large_class(hir) {
        over_chars(hir, scope).unwrap_or_else(|| over_bytes(hir, scope))
    } else {
        over_bytes(hir, scope).or_else(|problem| over_chars(hir, scope).unwrap_or(Err(problem)))
    }
}

fn over_bytes(hir: &Hir, scope: Scope) -> Result<Owned, NoTable> {
    let (classes, rows) = Graph::determinize(hir, scope)?.minimize().number().ok_or(NoTable::TooLarge)?;
    Ok(Owned { alphabet: OwnedAlphabet::Bytes(classes), rows })
}

/// None if the expression cannot be read by characters.
fn over_chars(hir: &Hir, scope: Scope) -> Option<Result<Owned, NoTable>> {
    let (hir, groups): (Hir, Groups) = alphabet::regroup(hir)?;
    let numbered = Graph::determinize(&hir, scope).and_then(|graph| graph.minimize().number().ok_or(NoTable::TooLarge));
    Some(numbered.map(|(classes, rows)| {
        let (low, ranges) = groups.tables(&classes);
        Owned { alphabet: OwnedAlphabet::Chars { low, ranges }, rows }
    }))
}

/// States as rows by byte; the first two rows are the two states that nothing leads out of.
struct Graph {
    rows: Vec<Row>,
    start: u32,
}

struct Row {
    accepts: bool,
    next: Vec<u32>,
}

const DEAD: u32 = 0;
const ALL: u32 = 1;

impl Graph {
    fn determinize(hir: &Hir, scope: Scope) -> Result<Self, NoTable> {
        let nfa = thompson::Compiler::new()
            .configure(
                thompson::Config::new().nfa_size_limit(Some(BUILD_LIMIT)).which_captures(thompson::WhichCaptures::None),
            )
            .build_from_hir(hir)
            .map_err(|_| NoTable::TooLarge)?;
        let (start_kind, anchored) = match scope {
            Scope::Whole => (StartKind::Anchored, Anchored::Yes),
            Scope::Search => (StartKind::Unanchored, Anchored::No),
        };
        let config = dense::Config::new()
            .match_kind(MatchKind::All)
            .start_kind(start_kind)
            .accelerate(false)
            .dfa_size_limit(Some(BUILD_LIMIT))
            .determinize_size_limit(Some(BUILD_LIMIT));
        let dfa = dense::Builder::new()
            .configure(config)
            .build_from_nfa(&nfa)
            .map_err(|error| if error.is_size_limit_exceeded() { NoTable::TooLarge } else { NoTable::Assertion })?;
        let start = dfa.start_state(&start::Config::new().anchored(anchored)).map_err(|_| NoTable::Assertion)?;
        Ok(Self::walk(&dfa, start, scope))
    }

    /// Visits every state that can be reached. The automaton tells a match one byte late, or at the end of the text.
    fn walk(dfa: &dense::DFA<Vec<u32>>, start: StateID, scope: Scope) -> Self {
        let mut rows = vec![Row { accepts: false, next: vec![DEAD; 256] }, Row { accepts: true, next: vec![ALL; 256] }];
        let mut numbers: HashMap<StateID, u32> = HashMap::new();
        let mut queue = Vec::new();
        let mut number = |state: StateID, queue: &mut Vec<StateID>| {
            if dfa.is_dead_state(state) {
                return DEAD;
            }
            if scope == Scope::Search && dfa.is_match_state(state) {
                return ALL;
            }
            let fresh = ALL + 1 + u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *numbers.entry(state).or_insert_with(|| {
                queue.push(state);
                fresh
            })
        };
        let start = number(start, &mut queue);
        let mut done = 0;
        while let Some(&state) = queue.get(done) {
            done += 1;
            let next = (0..=u8::MAX).map(|byte| number(dfa.next_state(state, byte), &mut queue)).collect();
            rows.push(Row { accepts: dfa.is_match_state(dfa.next_eoi_state(state)), next });
        }
        Self { rows, start }
    }

    /// The first byte of each class, and the class of each byte.
    fn byte_classes(&self) -> (Vec<usize>, Box<[u8; 256]>) {
        let mut known: HashMap<Vec<u32>, u8> = HashMap::new();
        let mut firsts = Vec::new();
        let mut classes = Box::new([0; 256]);
        for (byte, class) in classes.iter_mut().enumerate() {
            let column = self.rows.iter().map(|row| row.next[byte]).collect();
            *class = *known.entry(column).or_insert_with(|| {
                firsts.push(byte);
                u8::try_from(firsts.len() - 1).unwrap_or(u8::MAX)
            });
        }
        (firsts, classes)
    }

    /// Moore's algorithm: states are one until a byte tells them apart.
    fn minimize(self) -> Self {
        if self.rows.len() > MINIMIZE_LIMIT {
            return self;
        }
        let (firsts, _) = self.byte_classes();
        let mut block: Vec<u32> = self.rows.iter().map(|row| u32::from(row.accepts)).collect();
        let mut blocks = 0;
        loop {
            let mut known: HashMap<Vec<u32>, u32> = HashMap::new();
            let split: Vec<u32> = self
                .rows
                .iter()
                .zip(&block)
                .map(|(row, &own)| {
                    let behaviour = [own].into_iter().chain(firsts.iter().map(|&byte| block[row.next[byte] as usize]));
                    let fresh = u32::try_from(known.len()).unwrap_or(u32::MAX);
                    *known.entry(behaviour.collect()).or_insert(fresh)
                })
                .collect();
            block = split;
            if known.len() == blocks {
                return self.merge(&block);
            }
            blocks = known.len();
        }
    }

    /// One row for each block; blocks are numbered by their first state, so that the first two stay the first two.
    fn merge(self, block: &[u32]) -> Self {
        let mut rows: Vec<Row> = Vec::new();
        for (row, &own) in self.rows.iter().zip(block) {
            if own as usize == rows.len() {
                rows.push(Row { accepts: row.accepts, next: row.next.iter().map(|&to| block[to as usize]).collect() });
            }
        }
        Self { rows, start: block[self.start as usize] }
    }

    /// The class of each byte, and the rows: those of states that refuse, those of states that accept. None if there are
    /// too many.
    fn number(&self) -> Option<(Box<[u8; 256]>, Rows)> {
        let (firsts, classes) = self.byte_classes();
        let live = self.rows.iter().enumerate().skip(2);
        let (accepting, refusing): (Vec<_>, Vec<_>) = live.partition(|(_, row)| row.accepts);
        let order = || refusing.iter().chain(&accepting);
        let place = |row: usize| u16::try_from(row * firsts.len()).ok();
        let rows = refusing.len() + accepting.len();
        if rows * firsts.len() * size_of::<u16>() > TABLE_LIMIT {
            return None;
        }

        let mut places = vec![0; self.rows.len()];
        for (row, (old, _)) in order().enumerate() {
            places[*old] = place(row)?;
        }
        places[ALL as usize] = place(rows)?;
        places[DEAD as usize] = place(rows + 1)?;
        let entries = order().flat_map(|(_, row)| firsts.iter().map(|&byte| places[row.next[byte] as usize]));
        let rows = Rows {
            next: entries.flat_map(u16::to_le_bytes).collect(),
            start: places[self.start as usize],
            accept_from: place(refusing.len())?,
            accept_to: places[ALL as usize],
        };
        Some((classes, rows))
    }
}
