//! The house rules of a template: where a value may stand, and which writes need to be asked for by name. They look at tokens only, so that
//! they also hold for statements that the checker is told not to judge.

use std::ops::Range;

use super::fault::Fault;
use super::lex::Kind;
use super::model::{Item, MAX_SHAPES, Template, What};
use super::slot::{Form, Like};
use super::{Dialect, shape};

/// Whether a write that may reach every row of its table was asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllRows {
    /// `UPDATE` and `DELETE` need a `WHERE` that cannot vanish.
    Refused,
    /// The author wrote `all_rows`.
    Allowed,
}

/// The items of a template without the space between them.
struct Solid<'t> {
    text: &'t str,
    items: Vec<&'t Item>,
}

impl<'t> Solid<'t> {
    fn of(template: &'t Template<'_>, keep: impl Fn(&Item) -> bool) -> Self {
        let solid = |item: &&Item| item.what != What::Token(Kind::Space) && keep(item);
        Self { text: template.text, items: template.items.iter().filter(solid).collect() }
    }

    fn text(&self, at: usize) -> &'t str {
        self.items.get(at).map_or("", |item| &self.text[item.span.clone()])
    }

    fn span(&self, at: usize) -> Range<usize> {
        self.items.get(at).map_or(0..0, |item| item.span.clone())
    }

    /// Whether a bare word is one of these (upper case).
    fn is(&self, at: usize, words: &[&str]) -> bool {
        let word = self.items.get(at).is_some_and(|item| item.what == What::Token(Kind::Word));
        word && words.iter().any(|word| word.eq_ignore_ascii_case(self.text(at)))
    }

    fn is_punct(&self, at: usize, punct: &str) -> bool {
        self.items.get(at).is_some_and(|item| item.what == What::Token(Kind::Punct)) && self.text(at) == punct
    }

    fn before(&self, at: usize, words: &[&str]) -> bool {
        at.checked_sub(1).is_some_and(|before| self.is(before, words))
    }

    /// The place behind the parenthesis that closes the group around `at`, or the end.
    fn group_end(&self, at: usize) -> usize {
        let mut depth = 0usize;
        for place in at..self.items.len() {
            if self.is_punct(place, "(") {
                depth += 1;
            } else if self.is_punct(place, ")") {
                let Some(outer) = depth.checked_sub(1) else { return place };
                depth = outer;
            }
        }
        self.items.len()
    }

    /// The first of these words from `at` on that stands in the same group.
    fn find_in_group(&self, at: usize, words: &[&str]) -> Option<usize> {
        let mut depth = 0usize;
        for place in at..self.group_end(at) {
            if self.is_punct(place, "(") {
                depth += 1;
            } else if self.is_punct(place, ")") {
                depth -= 1;
            } else if depth == 0 && self.is(place, words) {
                return Some(place);
            }
        }
        None
    }
}

const LIKE: [&str; 2] = ["LIKE", "ILIKE"];
/// These too read wildcards in their right side, but others than `LIKE`'s.
const MATCHERS: [&str; 6] = ["GLOB", "REGEXP", "RLIKE", "MATCH", "SIMILAR", "AGAINST"];
const CLAUSES: [&str; 13] = [
    "SELECT",
    "FROM",
    "WHERE",
    "ORDER",
    "GROUP",
    "HAVING",
    "LIMIT",
    "OFFSET",
    "FETCH",
    "SET",
    "VALUES",
    "RETURNING",
    "WINDOW",
];

/// Rules about the place of every value.
pub(super) fn context(template: &Template<'_>) -> Vec<Fault> {
    let solid = Solid::of(template, |_| true);
    let searched = searched(&solid, template);
    let mut faults = Vec::new();
    // One open group each: the clause in it that was read last, and whether a function's name stands before its parenthesis.
    let mut groups = vec![("", Group::Plain)];
    for at in 0..solid.items.len() {
        if solid.is_punct(at, "(") {
            groups.push(("", group(&solid, at)));
        } else if solid.is_punct(at, ")") && groups.len() > 1 {
            groups.pop();
        } else if let (Some(last), Some(clause)) =
            (groups.last_mut(), CLAUSES.iter().find(|word| solid.is(at, &[word])))
        {
            last.0 = clause;
        }
        if let What::Slot(index) = solid.items[at].what {
            let (clause, group) = groups.last().copied().unwrap_or(("", Group::Plain));
            let place = Place { at, clause, group, searched: searched.contains(&at) };
            let fault =
                template.slots.get(index).and_then(|slot| slot_fault(&solid, &place, slot.form, template.dialect));
            faults.extend(fault);
        }
    }
    faults
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Plain,
    Function,
}

fn group(solid: &Solid<'_>, open: usize) -> Group {
    let Some(before) = open.checked_sub(1) else { return Group::Plain };
    let named = matches!(solid.items[before].what, What::Token(Kind::Word | Kind::Name));
    let keyword =
        ["IN", "AS", "FROM", "JOIN", "EXISTS", "VALUES", "AND", "OR", "NOT", "WHERE", "SELECT", "UNION", "ALL"];
    if named && !solid.is(before, &keyword) { Group::Function } else { Group::Plain }
}

struct Place {
    at: usize,
    clause: &'static str,
    group: Group,
    searched: bool,
}

/// What is wrong with a value of this form in this place.
fn slot_fault(solid: &Solid<'_>, place: &Place, form: Form, dialect: Dialect) -> Option<Fault> {
    let at = place.at;
    let fault = |message: &str, help: &str| Some(Fault::new(solid.span(at), message).help(help));
    let counts = place.clause == "LIMIT" || (place.clause == "FETCH" && solid.before(at, &["FIRST", "NEXT"]));
    match form {
        // The tree knows whether it is a part of a pattern.
        Form::Like(Like::Pattern) => None,
        Form::Like(_) if !solid.before(at, &LIKE) => {
            fault("a searched text stands directly behind `LIKE`", "write `name LIKE {q: contains}`")
        }
        Form::Like(_) if solid.is(at + 1, &["ESCAPE"]) => {
            fault("`ESCAPE` is added to a searched text already", "remove it, or bind your own pattern: `{q: pattern}`")
        }
        Form::Like(_) => None,
        _ if place.searched => fault(
            "`LIKE` reads `%` and `_` in a value as wildcards",
            "write `LIKE {q: contains}` (or `prefix`, `suffix`) to find the text itself, `LIKE {q: pattern}` for wildcards",
        ),
        Form::Limit { .. } if counts && (solid.before(at, &["LIMIT", "FIRST", "NEXT"])) => None,
        // A size: the tree knows of which function.
        Form::Limit { .. } if place.group == Group::Function => None,
        Form::Limit { .. } => fault("`max` belongs to `LIMIT`", "write `LIMIT {n: max 100}`"),
        _ if counts => {
            fault("`LIMIT` takes a bound value only with a cap", "write `LIMIT {n: max 100}`, then `OFFSET {skip}`")
        }
        Form::Offset => None,
        Form::Page { .. } if solid.before(at, &["OFFSET"]) => None,
        Form::Page { .. } => fault("`page` belongs to `OFFSET`", "write `OFFSET {page: page 20}`"),
        Form::List if dialect != Dialect::Sqlite => {
            fault("lists are bound on SQLite only, so far", "write the values one by one")
        }
        Form::List if is_list_place(solid, at) => None,
        Form::List => fault("a list stands alone behind `IN`", "write `id IN {ids..}`"),
        Form::Value => value_fault(solid, place),
    }
}

fn value_fault(solid: &Solid<'_>, place: &Place) -> Option<Fault> {
    let at = place.at;
    let fault = |message: &str, help: &str| Some(Fault::new(solid.span(at), message).help(help));
    let distinct = at >= 2 && solid.is(at - 1, &["FROM"]) && solid.is(at - 2, &["DISTINCT"]);
    let of_function = place.group == Group::Function && solid.before(at, &["FROM"]);
    if solid.before(at, &["FROM", "JOIN", "INTO", "UPDATE", "TABLE"]) && !distinct && !of_function {
        return fault("a table's name cannot be bound", "write the name; for several tables write several queries");
    }
    let first = solid.before(at, &["BY"]) || at.checked_sub(1).is_some_and(|before| solid.is_punct(before, ","));
    let last = at + 1 == solid.items.len()
        || solid.is_punct(at + 1, ",")
        || solid.is_punct(at + 1, ")")
        || solid.is(at + 1, &["ASC", "DESC", "NULLS", "LIMIT", "OFFSET", "HAVING", "ORDER", "COLLATE"]);
    if matches!(place.clause, "ORDER" | "GROUP") && first && last {
        return fault(
            "a bound value orders nothing: it is the same for every row",
            "let a Rust value choose: `ORDER BY {sort: Sort::Name => name | Sort::Newest => created_at desc}`",
        );
    }
    if solid.before(at, &["IN"]) {
        return fault("`IN` takes a list", "write `IN {ids..}` for a slice or a `Vec`");
    }
    None
}

fn is_list_place(solid: &Solid<'_>, at: usize) -> bool {
    let in_parentheses =
        at >= 2 && solid.is_punct(at - 1, "(") && solid.is(at - 2, &["IN"]) && solid.is_punct(at + 1, ")");
    solid.before(at, &["IN"]) || in_parentheses
}

/// The values that are part of the right side of a `LIKE` (or one of its kin): alone, joined by `||`, or inside of a function.
fn searched(solid: &Solid<'_>, template: &Template<'_>) -> Vec<usize> {
    let mut found = Vec::new();
    for at in 0..solid.items.len() {
        if !(solid.is(at, &LIKE) || solid.is(at, &MATCHERS)) || solid.is_punct(at + 1, ",") {
            continue;
        }
        let start = at + 1 + usize::from(solid.is(at + 1, &["TO", "ANY", "ALL"]));
        let end = operand_end(solid, start);
        let is_value = |place: &usize| match solid.items[*place].what {
            What::Slot(index) => template.slots.get(index).is_some_and(|slot| !matches!(slot.form, Form::List)),
            _ => false,
        };
        found.extend((start..end).filter(is_value));
    }
    found
}

/// The end of `a || f(b) || {c}` that starts here.
fn operand_end(solid: &Solid<'_>, start: usize) -> usize {
    let mut at = start;
    loop {
        if solid.is_punct(at, "(") {
            at = solid.group_end(at + 1) + 1;
        } else {
            at += 1;
            if solid.is_punct(at, "(") {
                at = solid.group_end(at + 1) + 1;
            }
        }
        if !(solid.is_punct(at, "||") || solid.is_punct(at, "+") || solid.is_punct(at, "::") || solid.is_punct(at, "."))
        {
            return at.min(solid.items.len());
        }
        at += 1;
    }
}

impl Template<'_> {
    /// Where this becomes an `UPDATE` or a `DELETE`.
    pub(crate) fn changes(&self) -> Vec<Range<usize>> {
        let solid = Solid::of(self, |_| true);
        (0..solid.items.len()).filter(|at| is_change(&solid, *at)).map(|at| solid.span(at)).collect()
    }

    /// The place of the first of these words, in any case.
    pub(crate) fn first_word(&self, words: &[&str]) -> Option<usize> {
        let solid = Solid::of(self, |_| true);
        (0..solid.items.len()).find(|at| solid.is(*at, words)).map(|at| solid.span(at).start)
    }
}

/// Rules about writes: `INSERT` names its columns, and what could reach every row says so.
pub(super) fn writes(template: &Template<'_>, all_rows: AllRows) -> Vec<Fault> {
    let solid = Solid::of(template, |_| true);
    let mut faults: Vec<_> = (0..solid.items.len()).filter_map(|at| insert_fault(&solid, at)).collect();
    if all_rows == AllRows::Refused {
        faults.extend(
            (0..solid.items.len()).filter(|at| is_change(&solid, *at)).flat_map(|at| vanishing(&solid, template, at)),
        );
        if faults.is_empty() {
            faults.extend(without_where(template));
        }
    }
    faults
}

/// `UPDATE` or `DELETE` as a verb; not `ON CONFLICT DO UPDATE`, `FOR UPDATE`, `ON DUPLICATE KEY UPDATE`, `ON DELETE`.
fn is_change(solid: &Solid<'_>, at: usize) -> bool {
    let other = ["DO", "FOR", "KEY", "ON", "BEFORE", "AFTER", "OF", "AS"];
    let qualified = at.checked_sub(1).is_some_and(|before| solid.is_punct(before, "."));
    // A column may bear the name of the verb: `SELECT update FROM t`, `f(delete)`.
    let verb = matches!(solid.items.get(at + 1).map(|item| item.what), Some(What::Token(Kind::Word | Kind::Name)));
    let verb = verb && (solid.is(at, &["UPDATE"]) && !solid.is(at + 1, &["FROM"]) || solid.is(at, &["DELETE"]));
    verb && !qualified && !solid.before(at, &other)
}

/// In some shape the `WHERE` is not there.
fn without_where(template: &Template<'_>) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    for number in 0..template.shape_count().unwrap_or(0).min(MAX_SHAPES) {
        let present = shape::present(template, number);
        let solid = Solid::of(template, |item| item.part.is_none_or(|part| present.contains(&part)));
        for at in (0..solid.items.len()).filter(|at| is_change(&solid, *at)) {
            if solid.find_in_group(at + 1, &["WHERE"]).is_none() {
                let verb = solid.text(at).to_uppercase();
                let fault = Fault::new(solid.span(at), format!("this `{verb}` has no `WHERE`: it reaches every row"));
                faults.push(fault.help(ALL_ROWS));
            }
        }
    }
    faults.dedup();
    faults
}

const ALL_ROWS: &str = "if every row is meant, say so: `query!(all_rows, \"…\")`";

/// Conditions of a write that some value can take away: optional parts, and `NOT IN` with an empty list.
fn vanishing(solid: &Solid<'_>, template: &Template<'_>, verb: usize) -> Vec<Fault> {
    let Some(start) = solid.find_in_group(verb + 1, &["WHERE"]) else { return vec![] };
    let end = solid.find_in_group(start, &["RETURNING", "ORDER", "LIMIT"]).unwrap_or_else(|| solid.group_end(start));
    let mut faults = Vec::new();
    let mut negated = false;
    let mut told = None;
    for at in start + 1..end {
        let is_null = solid.before(at, &["IS"]) || solid.is(at + 1, &["NULL", "LIKE", "ILIKE", "BETWEEN", "GLOB"]);
        negated |= solid.is(at, &["NOT"]) && !is_null;
        let item = solid.items[at];
        if let Some(part) = item.part.filter(|part| told != Some(*part)) {
            told = Some(part);
            let span = template.parts.get(part).map_or(item.span.clone(), |part| part.span.clone());
            faults.push(
                Fault::new(span, "an optional part of a write's `WHERE` can vanish, and with it the limit")
                    .help(ALL_ROWS),
            );
        }
        let list = matches!(item.what, What::Slot(index) if template.slots.get(index).is_some_and(|slot| slot.form == Form::List));
        if list && negated {
            let fault = Fault::new(item.span.clone(), "`NOT IN` an empty list is true for every row");
            faults.push(fault.help(ALL_ROWS));
        }
    }
    faults
}

/// `INSERT INTO t VALUES …` depends on the order of the columns, which a migration may change.
fn insert_fault(solid: &Solid<'_>, at: usize) -> Option<Fault> {
    let verb = solid.is(at, &["INTO"]) && (1..=3).any(|back| at >= back && solid.is(at - back, &["INSERT", "REPLACE"]));
    if !verb {
        return None;
    }
    let mut next = at + 2;
    while solid.is_punct(next, ".") {
        next += 2;
    }
    if solid.is(next, &["AS"]) {
        next += 2;
    }
    let columns = solid.is_punct(next, "(") && !solid.is(next + 1, &["SELECT", "VALUES", "WITH"]);
    if columns || solid.is(next, &["DEFAULT"]) {
        return None;
    }
    let fault = Fault::new(solid.span(at + 1), "this `INSERT` does not name its columns");
    Some(fault.help(format!("write `INSERT INTO {} (first, second) VALUES …`", solid.text(at + 1))))
}
