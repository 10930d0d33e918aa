//! Large sets of characters made small: a regular expression enters, one over at most 256 numbered groups of characters
//! leaves, and the number of each character. Two characters are of one group if no class of the expression tells them
//! apart. What `regex-automata` then takes for bytes are those numbers.

use std::collections::{BTreeSet, HashMap};

use regex_syntax::hir::{Class, ClassBytes, ClassBytesRange, Hir, HirKind, Look, Repetition};

use secure_forms_core::pattern::LOW_CHARS;

/// The number of each character: where ranges begin, in order from the first character on.
pub(super) struct Groups(Vec<(u32, u8)>);

/// Read byte by byte, every further range costs states.
const FEW_RANGES: usize = 16;

/// Whether the expression holds a class that is better read by characters than by bytes.
pub(super) fn has_large_class(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) => class.ranges().len() > FEW_RANGES,
        HirKind::Repetition(repetition) => has_large_class(&repetition.sub),
        HirKind::Capture(group) => has_large_class(&group.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(has_large_class),
        _ => false,
    }
}

/// The same expression over groups; none if there are too many groups, or if it looks at words or lines, which
/// `regex-automata` knows by their bytes.
pub(super) fn regroup(hir: &Hir) -> Option<(Hir, Groups)> {
    let mut sets = BTreeSet::new();
    collect(hir, &mut sets)?;
    let groups = Groups::new(&sets)?;
    let hir = groups.rewrite(hir)?;
    Some((hir, groups))
}

/// A set of characters as the ranges of their code points.
type Set = Vec<(u32, u32)>;

fn collect(hir: &Hir, sets: &mut BTreeSet<Set>) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(Look::Start | Look::End) => {}
        HirKind::Look(_) => return None,
        HirKind::Literal(text) => {
            let text = std::str::from_utf8(&text.0).ok()?;
            sets.extend(text.chars().map(|char| vec![(u32::from(char), u32::from(char))]));
        }
        HirKind::Class(class) => drop(sets.insert(set(class))),
        HirKind::Repetition(repetition) => collect(&repetition.sub, sets)?,
        HirKind::Capture(group) => collect(&group.sub, sets)?,
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().try_for_each(|part| collect(part, sets))?
        }
    }
    Some(())
}

fn set(class: &Class) -> Set {
    match class {
        Class::Unicode(class) => class.iter().map(|range| (range.start().into(), range.end().into())).collect(),
        Class::Bytes(class) => class.iter().map(|range| (range.start().into(), range.end().into())).collect(),
    }
}

impl Groups {
    /// Cuts the code points wherever a range of a set begins or ends; pieces in the same sets are one group.
    fn new(sets: &BTreeSet<Set>) -> Option<Self> {
        let mut cuts = BTreeSet::from([0]);
        cuts.extend(sets.iter().flatten().flat_map(|&(start, end)| [start, end + 1]));
        let mut known = HashMap::new();
        let pieces = cuts.into_iter().map(|start| {
            let member = |set: &Set| {
                let behind = set.partition_point(|&(first, _)| first <= start);
                behind > 0 && start <= set[behind - 1].1
            };
            let membership: Vec<bool> = sets.iter().map(member).collect();
            let fresh = known.len();
            Some((start, u8::try_from(*known.entry(membership).or_insert(fresh)).ok()?))
        });
        pieces.collect::<Option<_>>().map(Self)
    }

    fn of(&self, code_point: u32) -> u8 {
        let behind = self.0.partition_point(|&(start, _)| start <= code_point);
        behind.checked_sub(1).and_then(|at| self.0.get(at)).map_or(0, |&(_, group)| group)
    }

    fn rewrite(&self, hir: &Hir) -> Option<Hir> {
        let all = |parts: &[Hir]| parts.iter().map(|part| self.rewrite(part)).collect::<Option<Vec<_>>>();
        Some(match hir.kind() {
            HirKind::Empty => Hir::empty(),
            HirKind::Look(look) => Hir::look(*look),
            HirKind::Literal(text) => {
                let text = std::str::from_utf8(&text.0).ok()?;
                Hir::literal(text.chars().map(|char| self.of(char.into())).collect::<Vec<u8>>())
            }
            HirKind::Class(class) => Hir::class(Class::Bytes(self.class(&set(class)))),
            HirKind::Repetition(repetition) => {
                let sub = Box::new(self.rewrite(&repetition.sub)?);
                Hir::repetition(Repetition { sub, ..repetition.clone() })
            }
            HirKind::Capture(group) => self.rewrite(&group.sub)?,
            HirKind::Concat(parts) => Hir::concat(all(parts)?),
            HirKind::Alternation(parts) => Hir::alternation(all(parts)?),
        })
    }

    /// The groups that make up a set: those of the pieces that begin within it.
    fn class(&self, set: &Set) -> ClassBytes {
        let pieces = |&(start, end): &(u32, u32)| {
            let from = self.0.partition_point(|&(first, _)| first < start);
            let to = self.0.partition_point(|&(first, _)| first <= end);
            self.0.get(from..to).unwrap_or_default()
        };
        ClassBytes::new(set.iter().flat_map(pieces).map(|&(_, group)| ClassBytesRange::new(group, group)))
    }

    /// The tables of [`Chars`](super::Chars), given the class of each group.
    pub(super) fn tables(&self, classes: &[u8; 256]) -> (Box<[u8; LOW_CHARS]>, Vec<u8>) {
        let class = |code_point: u32| classes[usize::from(self.of(code_point))];
        let mut low = Box::new([0; LOW_CHARS]);
        for (code_point, entry) in (0..).zip(low.iter_mut()) {
            *entry = class(code_point);
        }
        let first = LOW_CHARS as u32;
        let starts = [first].into_iter().chain(self.0.iter().map(|&(start, _)| start).filter(|&start| start > first));
        let mut entries: Vec<(u32, u8)> = starts.map(|start| (start, class(start))).collect();
        entries.dedup_by_key(|&mut (_, class)| class);
        let ranges = entries.into_iter().flat_map(|(start, class)| (start << 8 | u32::from(class)).to_le_bytes());
        (low, ranges.collect())
    }
}
