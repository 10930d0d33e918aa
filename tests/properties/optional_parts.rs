//! Independent optional parts against their enumeration: random templates of up to six parts, and one of six in all its 64 forms. What is accepted
//! in pieces is what the enumeration accepts, with the same types, and what is joined is the text that the enumeration has.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use secure_forms_sql::template::{AllRows, Choice, Shape, Template};
use secure_forms_sql::{Dialect, Schema, Type, check};

const SCHEMA: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, org TEXT NOT NULL, age INTEGER);
    CREATE TABLE notes (id INTEGER PRIMARY KEY, author INTEGER NOT NULL, body TEXT NOT NULL, age TEXT);";

fn schema() -> Schema {
    Schema::parse(Dialect::Sqlite, &[("1.sql", SCHEMA)]).unwrap()
}

/// What the macro makes of the verdicts of some statements.
#[derive(Debug, PartialEq)]
struct Account {
    /// For each value the types that its places have, and whether all of them take NULL.
    params: BTreeMap<usize, (Vec<Type>, bool)>,
    /// For each column its names, its types, and whether any can be NULL.
    columns: Vec<(Vec<String>, Vec<Type>, bool)>,
    needles: Vec<usize>,
    missing: Vec<String>,
}

/// The account of these statements, or every mistake in them.
fn account(template: &Template<'_>, shapes: &[Shape], all_rows: AllRows) -> Result<Account, Vec<String>> {
    let schema = schema();
    let mut account = Account { params: BTreeMap::new(), columns: vec![], needles: vec![], missing: vec![] };
    let mut mistakes = Vec::new();
    for shape in shapes {
        let verdict = match check(Dialect::Sqlite, &schema, &shape.judged) {
            Ok(verdict) => verdict,
            Err(problems) => {
                mistakes.extend(problems.into_iter().map(|problem| problem.message));
                continue;
            }
        };
        for (slot, param) in shape.slots.iter().zip(verdict.params) {
            let (types, nullable) = account.params.entry(*slot).or_insert((vec![], true));
            types.extend((!types.contains(&param.ty)).then_some(param.ty));
            *nullable &= param.nullable;
        }
        for (at, column) in verdict.columns.into_iter().enumerate() {
            account.columns.resize(account.columns.len().max(at + 1), (vec![], vec![], false));
            let (names, types, nullable) = &mut account.columns[at];
            names.extend((!names.contains(&column.name)).then_some(column.name));
            types.extend((!types.contains(&column.ty)).then_some(column.ty));
            *nullable |= column.nullable;
        }
        account.missing.extend(verdict.insert.missing);
    }
    match template.rules(shapes, &schema, all_rows) {
        Ok(needles) => account.needles = needles,
        Err(faults) => mistakes.extend(faults.into_iter().map(|fault| fault.message)),
    }
    account.params.values_mut().for_each(|(types, _)| types.sort_by_key(|ty| format!("{ty:?}")));
    account.columns.iter_mut().for_each(|(names, types, _)| {
        names.sort_unstable();
        types.sort_by_key(|ty| format!("{ty:?}"));
    });
    account.needles.sort_unstable();
    account.needles.dedup();
    account.missing.sort_unstable();
    account.missing.dedup();
    mistakes.sort_unstable();
    mistakes.dedup();
    if mistakes.is_empty() { Ok(account) } else { Err(mistakes) }
}

/// What the runtime joins: the whole text without the parts that are absent.
fn joined(whole: &Shape, present: u64) -> String {
    let mut text = whole.text.clone();
    for (bit, part) in whole.parts.iter().enumerate().rev() {
        if present & (1 << bit) == 0 {
            text.replace_range(part.clone(), "");
        }
    }
    text
}

/// The number that the enumeration gives to a choice and a set of independent parts.
fn enumerated_number(template: &Template<'_>, twin: &Template<'_>, mut shape: usize, present: u64) -> usize {
    let mut values = BTreeMap::new();
    for choice in template.choices().into_iter().rev() {
        values.insert(format!("{choice:?}"), shape % template.choice_count(choice));
        shape /= template.choice_count(choice);
    }
    for (bit, part) in template.independent().into_iter().enumerate() {
        values.insert(format!("{:?}", Choice::Part(part)), usize::from(present & (1 << bit) != 0));
    }
    twin.choices()
        .into_iter()
        .fold(0, |number, choice| number * twin.choice_count(choice) + values[&format!("{choice:?}")])
}

/// Compares pieces with enumeration; whether there were pieces, and whether the template was accepted.
fn compare(text: &str, all_rows: AllRows) -> Option<(usize, bool)> {
    let template = Template::parse(text, Dialect::Sqlite, all_rows).ok()?;
    let twin = template.clone().enumerated().unwrap();
    let enumerated = twin.shapes();
    let bits = template.independent().len();
    for (number, whole) in template.whole_shapes().iter().enumerate() {
        for present in 0..1_u64 << bits {
            let other = &enumerated[enumerated_number(&template, &twin, number, present)];
            assert_eq!(joined(whole, present), other.text, "{text}");
            let is_there = |slot: &usize| {
                let part = template.slots()[*slot].part;
                let bit = template.independent().iter().position(|own| Some(*own) == part);
                bit.is_none_or(|bit| present & (1 << bit) != 0)
            };
            let slots: Vec<_> = whole.slots.iter().copied().filter(is_there).collect();
            assert_eq!(slots, other.slots, "{text}");
        }
    }
    let pieces = account(&template, &template.shapes(), all_rows);
    let all = account(&twin, &enumerated, all_rows);
    match (&pieces, &all) {
        (Ok(pieces), Ok(all)) => assert_eq!(pieces, all, "{text}"),
        // What is wrong in some statement of the pieces is wrong in that of the enumeration.
        (Err(pieces), Err(all)) => assert!(pieces.iter().all(|own| all.contains(own)), "{text}: {pieces:?} {all:?}"),
        (pieces, all) => panic!("{text}\npieces: {pieces:?}\nenumerated: {all:?}"),
    }
    if pieces.is_ok() {
        second_judge(&template.shapes(), &enumerated);
    }
    Some((bits, pieces.is_ok()))
}

/// If SQLite prepares the pieces, it prepares the enumeration. Its function for lists is not loaded here.
fn second_judge(pieces: &[Shape], enumerated: &[Shape]) {
    let database = rusqlite::Connection::open_in_memory().unwrap();
    database.execute_batch(SCHEMA).unwrap();
    let columns = |shape: &Shape| {
        let statement = database.prepare(&shape.text.replace("SELECT value FROM rarray(?)", "?")).ok()?;
        assert_eq!(statement.parameter_count(), shape.slots.len(), "{}", shape.text);
        let names: Vec<_> = statement.column_names().map(str::to_owned).collect();
        Some((names, statement.readonly()))
    };
    let mut of_pieces: Vec<_> = pieces.iter().map(columns).collect();
    let mut of_all: Vec<_> = enumerated.iter().map(columns).collect();
    for found in [&mut of_pieces, &mut of_all] {
        found.sort();
        found.dedup();
    }
    assert_eq!(of_pieces, of_all, "{pieces:?}");
}

static PARTS: [&str; 34] = [
    "[AND age >= {p?}]",
    "[AND age BETWEEN {p?} AND {p?}]",
    "[AND name LIKE {p: contains?}]",
    "[AND users.id IN {p..?}]",
    "[AND org = {p?} AND age IS NOT NULL]",
    "[AND (org = {p?} OR age IS NULL)]",
    "[AND instr(name, {p?}) > 0]",
    "[AND EXISTS (SELECT 1 FROM notes AS n WHERE n.author = users.id AND n.body = {p?})]",
    "[AND EXISTS (SELECT 1 FROM (SELECT {p?} AS name) AS x WHERE x.name = org)]",
    "[AND org LIKE name AND age = {p?}]",
    "[AND CASE WHEN age > {p?} THEN 1 ELSE 0 END]",
    "[AND NOT age = {p?}]",
    "[AND body = {p?}]",
    "[AND id = {p?}]",
    "[AND nothing = {p?}]",
    "[AND name LIKE {p?}]",
    "[AND randomblob({p?}) = name]",
    "[AND count(*) > {p?}]",
    "[AND age = ({p?}]",
    "[AND {p?}]",
    "[AND age = {p?} OR org = 'x']",
    "[OR age = {p?}]",
    "[+ {p?}]",
    "[BETWEEN {p?}]",
    "[, {p?}]",
    "[, age = {p?}]",
    "[, name = {p?}]",
    "[, org = CASE WHEN {p?} THEN 'a' ELSE name END]",
    "[JOIN notes ON notes.author = users.id AND notes.body = {p?}]",
    "[WHERE org = {p?}]",
    "[GROUP BY {p?} + 1]",
    "[ORDER BY age + {p?}]",
    "[LIMIT {p: max 9?}]",
    "[UNION SELECT id, name, age FROM users WHERE age = {p?}]",
];

static FIXED: [&str; 12] = [
    "AND age > {f}",
    "AND org BETWEEN 'a' AND {f}",
    "OR org = 'x'",
    "AND (age = 1 OR org = 'b')",
    "WHERE org = {f}",
    "WHERE users.id > 0",
    "ORDER BY {s: A => age | B => name DESC}",
    "{s: A => AND age = 1 | B => OR age = 2}",
    "GROUP BY users.id",
    "LIMIT 5",
    "LIMIT {f: max 5}",
    "",
];

static HEADS: [&str; 6] = [
    "SELECT users.id, name, age FROM users WHERE org = {f}",
    "SELECT users.id, name, users.age FROM users",
    "SELECT users.id, name, 1 AS age FROM users JOIN notes ON notes.author = users.id WHERE 1 = 1",
    "UPDATE users SET name = {f}",
    "DELETE FROM users WHERE org = 'a'",
    "WITH users AS (SELECT id, name, org, age FROM users WHERE age = 1 OR age = 2) SELECT id, name, age FROM users WHERE id > 1",
];

/// Mostly parts of one kind, so that many templates are good; then anything anywhere.
fn template() -> impl Strategy<Value = (String, bool)> {
    let space = prop::sample::select(vec![" ", " ", " ", "\n   ", ""]);
    let anything = prop_oneof![prop::sample::select(PARTS.as_slice()), prop::sample::select(FIXED.as_slice())];
    let good = prop_oneof![6 => prop::sample::select(&PARTS[..12]), 1 => prop::sample::select(FIXED.as_slice())];
    let pieces = prop_oneof![
        3 => prop::collection::vec((space.clone(), good), 0..7),
        2 => prop::collection::vec((space, anything), 0..7),
    ];
    let head = prop::sample::select(HEADS.as_slice());
    (head, pieces, any::<bool>()).prop_map(|(head, pieces, all_rows)| {
        let mut text = head.to_owned();
        pieces.iter().for_each(|(space, piece)| text.extend([*space, *piece]));
        (text, all_rows)
    })
}

#[test]
fn pieces_are_judged_as_their_enumeration() {
    let counted = std::cell::Cell::new([0_usize; 3]);
    let config = Config { cases: 600, failure_persistence: None, ..Config::default() };
    let asked = TestRunner::new(config).run(&template(), |(text, all_rows)| {
        let all_rows = if all_rows { AllRows::Allowed } else { AllRows::Refused };
        if let Some((bits, accepted)) = compare(&text, all_rows) {
            let [good, bad, large] = counted.get();
            let pieces = usize::from(bits > 0);
            let large = large + usize::from(bits > 3 && accepted);
            counted.set(if accepted { [good + pieces, bad, large] } else { [good, bad + pieces, large] });
        }
        Ok(())
    });
    asked.unwrap();
    // It says something of both kinds, and of templates whose enumeration is larger than the pieces.
    assert!(counted.get().into_iter().all(|count| count >= 12), "{:?}", counted.get());
}

#[test]
fn six_parts_have_sixty_four_texts() {
    let text =
        "SELECT users.id, name, age FROM users WHERE org = {org} [AND name LIKE {a: contains?}] [AND age >= {b?}]
        [AND id IN {c..?}] [AND age BETWEEN {d?} AND {e?}] AND age < 150 [AND (org = {f?} OR age IS NULL)]
        [AND EXISTS (SELECT 1 FROM notes WHERE author = users.id AND body = {g?})] ORDER BY age LIMIT {n: max 9}";
    assert_eq!(compare(text, AllRows::Refused), Some((6, true)));
    let template = Template::parse(text, Dialect::Sqlite, AllRows::Refused).unwrap();
    let texts: std::collections::BTreeSet<_> =
        template.whole_shapes().iter().flat_map(|whole| (0..64).map(|present| joined(whole, present))).collect();
    assert_eq!(texts.len(), 64);
}
