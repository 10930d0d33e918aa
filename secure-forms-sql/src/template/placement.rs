//! Where a value may stand, as far as tokens tell, so that it also holds for statements that the checker is told not to judge.
//! What only the syntax tree tells is in `rules::placement`.

use super::lex::Kind;
use super::model::{Template, What};
use super::slot::{Form, Like};
use super::solid::Solid;
use crate::dialect::Dialect;
use crate::problem::Problem;

/// Why a value beside `LIKE` says how it is meant.
pub(crate) const WILDCARDS: &str = "`LIKE` reads `%` and `_` in a value as wildcards";
pub(crate) const WHICH: &str =
    "write `LIKE {q: contains}` (or `prefix`, `suffix`) to find the text itself, `LIKE {q: pattern}` for wildcards";

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
pub(super) fn problems(template: &Template<'_>) -> Vec<Problem> {
    let solid = Solid::of(template, |_| true);
    let searched = searched(&solid, template);
    let mut problems = Vec::new();
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
            let problem =
                template.slots.get(index).and_then(|slot| slot_problem(&solid, &place, slot.form, template.dialect));
            problems.extend(problem);
        }
    }
    problems
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
fn slot_problem(solid: &Solid<'_>, place: &Place, form: Form, dialect: Dialect) -> Option<Problem> {
    let at = place.at;
    let problem = |message: &str, help: &str| Some(Problem::new(solid.span(at), message).help(help));
    let counts = place.clause == "LIMIT" || (place.clause == "FETCH" && solid.before(at, &["FIRST", "NEXT"]));
    match form {
        // The tree knows whether it is a part of a pattern.
        Form::Like(Like::Pattern) => None,
        Form::Like(_) if !solid.before(at, &LIKE) => {
            problem("a searched text stands directly behind `LIKE`", "write `name LIKE {q: contains}`")
        }
        Form::Like(_) if solid.is(at + 1, &["ESCAPE"]) => problem(
            "`ESCAPE` is added to a searched text already",
            "remove it, or bind your own pattern: `{q: pattern}`",
        ),
        Form::Like(_) => None,
        _ if place.searched => problem(WILDCARDS, WHICH),
        Form::Limit { .. } if counts && (solid.before(at, &["LIMIT", "FIRST", "NEXT"])) => None,
        // A size: the tree knows of which function.
        Form::Limit { .. } if place.group == Group::Function => None,
        Form::Limit { .. } => problem("`max` belongs to `LIMIT`", "write `LIMIT {n: max 100}`"),
        _ if counts => {
            problem("`LIMIT` takes a bound value only with a cap", "write `LIMIT {n: max 100}`, then `OFFSET {skip}`")
        }
        Form::Offset => None,
        Form::Page { .. } if solid.before(at, &["OFFSET"]) => None,
        Form::Page { .. } => problem("`page` belongs to `OFFSET`", "write `OFFSET {page: page 20}`"),
        Form::List if dialect != Dialect::Sqlite => {
            problem("lists are bound on SQLite only, so far", "write the values one by one")
        }
        Form::List if is_list_place(solid, at) => None,
        Form::List => problem("a list stands alone behind `IN`", "write `id IN {ids..}`"),
        Form::Value => value_problem(solid, place),
    }
}

fn value_problem(solid: &Solid<'_>, place: &Place) -> Option<Problem> {
    let at = place.at;
    let problem = |message: &str, help: &str| Some(Problem::new(solid.span(at), message).help(help));
    let distinct = at >= 2 && solid.is(at - 1, &["FROM"]) && solid.is(at - 2, &["DISTINCT"]);
    let of_function = place.group == Group::Function && solid.before(at, &["FROM"]);
    if solid.before(at, &["FROM", "JOIN", "INTO", "UPDATE", "TABLE"]) && !distinct && !of_function {
        return problem("a table's name cannot be bound", "write the name; for several tables write several queries");
    }
    let first = solid.before(at, &["BY"]) || at.checked_sub(1).is_some_and(|before| solid.is_punct(before, ","));
    let last = at + 1 == solid.items.len()
        || solid.is_punct(at + 1, ",")
        || solid.is_punct(at + 1, ")")
        || solid.is(at + 1, &["ASC", "DESC", "NULLS", "LIMIT", "OFFSET", "HAVING", "ORDER", "COLLATE"]);
    if matches!(place.clause, "ORDER" | "GROUP") && first && last {
        return problem(
            "a bound value orders nothing: it is the same for every row",
            "let a Rust value choose: `ORDER BY {sort: Sort::Name => name | Sort::Newest => created_at desc}`",
        );
    }
    if solid.before(at, &["IN"]) {
        return problem("`IN` takes a list", "write `IN {ids..}` for a slice or a `Vec`");
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
