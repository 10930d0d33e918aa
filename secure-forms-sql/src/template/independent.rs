//! Which optional parts do not influence each other. In goes a template, out come the parts that are whole conditions of its `WHERE`
//! (`[AND age >= {min?}]`) or whole assignments of its `SET` (`[, age = {age?}]`). They are judged once each; all others are enumerated.
//!
//! Why nothing else of a verdict depends on such a part:
//! - *Syntax*: `AND` binds less than everything but `OR`, and `,` less than everything, so that what stands between two of them is parsed in the
//!   same way whatever else is there. A clause with an `OR` of its own, an open `BETWEEN` or a choice is left alone.
//! - *Parameters*: each pair of braces is a placeholder of its own, and its type comes from the condition or the assignment around it.
//! - *Columns*: names, types and nullability come from the select list and the tables; a condition never makes a column NOT NULL, an assignment
//!   never one nullable.
//! - *Limits* of length, depth and number grow with the text: if they hold with all parts, they hold with fewer. (Between commas, it is the last
//!   assignment that counts, and each part is also judged as the last one.)
//! - *Names that carry a value* into a pattern or a `LIMIT` (see the rules): the more parts, the more names, and all parts are judged together.
//! - *Writes that reach every row*: a part in the `WHERE` of an `UPDATE` or a `DELETE` is refused before, unless `all_rows` was written.
//!
//! Where the place of a condition matters to SQLite (`MATCH`, `INDEXED BY`), everything is enumerated.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Dialect;
use super::lex::Kind;
use super::model::{Item, Template, What};

/// Marks the parts that are independent.
pub(super) fn mark(template: &mut Template<'_>) {
    for part in find(template) {
        if let Some(part) = template.parts.get_mut(part) {
            part.independent = true;
        }
    }
}

fn find(template: &Template<'_>) -> BTreeSet<usize> {
    match template.dialect {
        // PostgreSQL's placeholders are numbered, so that its statements cannot be cut; MariaDB's `||` is an `OR`.
        Dialect::Postgres | Dialect::Mysql => return BTreeSet::new(),
        Dialect::Sqlite => {}
    }
    let Some(clauses) = Clauses::of(template) else { return BTreeSet::new() };
    let found = clauses.parts(&WHERE).into_iter().chain(clauses.parts(&SET));
    found.filter(|part| is_spaced(template, *part)).collect()
}

/// A clause that is a list: its word, what joins its members, and the words that end it.
struct List {
    word: &'static str,
    joint: &'static str,
    ends: &'static [&'static str],
}

const WHERE: List = List {
    word: "WHERE",
    joint: "AND",
    ends: &[
        "GROUP",
        "HAVING",
        "WINDOW",
        "ORDER",
        "LIMIT",
        "OFFSET",
        "FETCH",
        "FOR",
        "UNION",
        "INTERSECT",
        "EXCEPT",
        "RETURNING",
        "ON",
    ],
};

const SET: List = List { word: "SET", joint: ",", ends: &["FROM", "WHERE", "RETURNING", "ORDER", "LIMIT"] };

/// The items of a template without space, and how many groups are open before each.
struct Clauses<'t> {
    text: &'t str,
    items: Vec<&'t Item>,
    depths: Vec<usize>,
}

impl<'t> Clauses<'t> {
    /// `None` if groups and parts overlap, or a word makes conditions depend on each other.
    fn of(template: &'t Template<'_>) -> Option<Self> {
        let items: Vec<_> = template.items.iter().filter(|item| item.what != What::Token(Kind::Space)).collect();
        let mut clauses = Self { text: template.text, items, depths: vec![] };
        let mut open = Vec::new();
        // Where the part began that is read, in open groups.
        let mut part = (None, 0);
        for at in 0..clauses.items.len() {
            let own = clauses.items[at].part;
            if own != part.0 {
                if part.0.is_some() && open.len() != part.1 {
                    return None;
                }
                part = (own, open.len());
            }
            clauses.depths.push(open.len());
            if clauses.is(at, &["MATCH", "INDEXED"]) {
                return None;
            } else if clauses.is_punct(at, "(") {
                open.push(Group::Parenthesis);
            } else if clauses.is(at, &["CASE"]) {
                open.push(Group::Case);
            } else if let Some(closed) = clauses.closes(at) {
                let within = own.is_none() || open.len() > part.1;
                if open.pop() != Some(closed) || !within {
                    return None;
                }
            }
        }
        (open.is_empty()).then_some(clauses)
    }

    fn closes(&self, at: usize) -> Option<Group> {
        match () {
            () if self.is_punct(at, ")") => Some(Group::Parenthesis),
            () if self.is(at, &["END"]) => Some(Group::Case),
            () => None,
        }
    }

    /// The parts that are members of the only clause of this kind; none if the clause holds anything else that could make them depend on it.
    fn parts(&self, list: &List) -> Vec<usize> {
        let mut words = (0..self.items.len()).filter(|at| self.depths[*at] == 0 && self.is(*at, &[list.word]));
        let (Some(word), None) = (words.next(), words.next()) else { return vec![] };
        let end = (word + 1..self.items.len()).find(|at| self.depths[*at] == 0 && self.is(*at, list.ends));
        let clause = word + 1..end.unwrap_or(self.items.len());
        if self.items[word].part.is_some() || !self.first_is_fixed(&clause) || self.cuts_a_part(clause.end) {
            return vec![];
        }
        self.members(clause, list).unwrap_or_default()
    }

    fn first_is_fixed(&self, clause: &Range<usize>) -> bool {
        !clause.is_empty() && self.items[clause.start].part.is_none()
    }

    fn cuts_a_part(&self, at: usize) -> bool {
        let part = self.items.get(at).and_then(|item| item.part);
        part.is_some() && at.checked_sub(1).is_some_and(|before| self.items[before].part == part)
    }

    /// `None` if a part of the clause is no member of it, or the clause is more than a list of members.
    fn members(&self, clause: Range<usize>, list: &List) -> Option<Vec<usize>> {
        let mut found = Vec::new();
        let mut between = 0_usize;
        let mut part = None;
        for at in clause.clone() {
            let item = self.items[at];
            if matches!(item.what, What::Sort(_)) {
                return None;
            }
            let boundary = item.part != part;
            part = item.part;
            // A part at a greater depth stands inside of one member, and is enumerated.
            if self.depths[at] > 0 {
                continue;
            }
            let joins = self.is_joint(at, list) && between == 0;
            if boundary && !joins {
                return None;
            }
            if boundary {
                found.extend(part.filter(|_| self.has_more(at, clause.end)));
            }
            if list.word == WHERE.word {
                match () {
                    () if self.is(at, &["OR"]) => return None,
                    () if self.is(at, &["BETWEEN"]) => between += 1,
                    () if self.is_joint(at, list) => between = between.saturating_sub(1),
                    () => {}
                }
            }
        }
        (between == 0).then_some(found)
    }

    /// Whether the part that begins here holds more than its joint.
    fn has_more(&self, at: usize, end: usize) -> bool {
        at + 1 < end && self.items[at + 1].part == self.items[at].part
    }

    fn is_joint(&self, at: usize, list: &List) -> bool {
        self.is(at, &[list.joint]) || self.is_punct(at, list.joint)
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        let word = self.items.get(at).is_some_and(|item| item.what == What::Token(Kind::Word));
        word && words.iter().any(|word| word.eq_ignore_ascii_case(self.item_text(at)))
    }

    fn is_punct(&self, at: usize, punct: &str) -> bool {
        self.items.get(at).is_some_and(|item| item.what == What::Token(Kind::Punct)) && self.item_text(at) == punct
    }

    fn item_text(&self, at: usize) -> &'t str {
        self.items.get(at).map_or("", |item| &self.text[item.span.clone()])
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Parenthesis,
    Case,
}

/// Whether the statement without the part is its text without one stretch: a space around the part is there in both, or in neither.
fn is_spaced(template: &Template<'_>, part: usize) -> bool {
    let items = &template.items;
    let is_space = |item: &Item| item.what == What::Token(Kind::Space);
    let is_outer_space = |item: &Item| is_space(item) && item.part.is_none();
    let Some(last) = items.iter().rposition(|item| item.part == Some(part)) else { return false };
    let (mut at, mut part) = (last, part);
    loop {
        let before = items[..=at].iter().rposition(|item| item.part != Some(part));
        let (false, Some(before)) = (is_space(&items[at]), before) else { return false };
        if is_outer_space(&items[before]) {
            let outside = !is_space(&items[before + 1]) && items.get(at + 1).is_none_or(is_outer_space);
            return outside && at == last;
        }
        match items[before].part {
            None => return true,
            // It touches another part: then so must that one touch what is always there.
            Some(other) => (at, part) = (before, other),
        }
    }
}

#[cfg(test)]
mod tests;
