//! Which parts are judged once, and which are enumerated; each rule with a twin.

use crate::Dialect;
use crate::template::{AllRows, Template};

/// One letter for each optional part: `i`ndependent or `e`numerated.
fn kinds(text: &str) -> String {
    let template = Template::parse(text, Dialect::Sqlite, AllRows::Allowed).unwrap();
    template.parts().iter().map(|part| if part.independent { 'i' } else { 'e' }).collect()
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(kinds(text), *expected, "{text}");
    }
}

#[test]
fn whole_conditions_of_a_where_are_independent() {
    check(&[
        ("SELECT a FROM t WHERE x = 1 [AND a = {a?}] [AND b = {b?}]", "ii"),
        ("SELECT a FROM t WHERE x = 1 [and a = {a?}] AND y = 2 [AND b = {b?} AND c = 1] ORDER BY a", "ii"),
        ("SELECT a FROM t WHERE x = 1 [AND (a = {a?} OR b = 2)] LIMIT 5", "i"),
        ("SELECT a FROM t WHERE x = 1 [AND a BETWEEN {a?} AND {b?}] [AND c = {c?}]", "ii"),
        ("SELECT a FROM t WHERE x BETWEEN 1 AND 2 [AND a = {a?}] GROUP BY a", "i"),
        ("SELECT a FROM t WHERE x = 1 [AND id IN (SELECT id FROM u WHERE b = {a?} OR 1)]", "i"),
        ("SELECT a FROM t WHERE x = 1 [AND CASE WHEN a OR b THEN {a?} END]", "i"),
        ("WITH u AS (SELECT 1 WHERE 1 OR 2) SELECT a FROM u WHERE x = 1 [AND a = {a?}]", "i"),
        ("SELECT a FROM t WHERE (SELECT 1 FROM u WHERE 1 [OR a = {a?}]) [AND b = {b?}]", "ei"),
        ("SELECT a FROM t [JOIN u ON u.x = {x?}] WHERE x = 1 [AND a = {a?}] [LIMIT {n: max 5?}]", "eie"),
        ("SELECT a FROM t WHERE x = 1 [AND a = {a?}] ORDER BY {s: A => a | B => b OR c}", "i"),
        ("DELETE FROM t WHERE x = 1 [AND a = {a?}] RETURNING a", "i"),
    ]);
}

#[test]
fn what_could_bind_to_its_neighbour_is_enumerated() {
    check(&[
        ("SELECT a FROM t WHERE x = 1 OR y = 2 [AND a = {a?}]", "e"),
        ("SELECT a FROM t WHERE x = 1 [AND a = {a?}] OR y = 2", "e"),
        ("SELECT a FROM t WHERE x = 1 [AND a = {a?} OR b = 2] [AND c = {c?}]", "ee"),
        ("SELECT a FROM t WHERE x = 1 [OR a = {a?}] [AND c = {c?}]", "ee"),
        ("SELECT a FROM t WHERE x BETWEEN 1 [AND {a?}] [AND {b?}]", "ee"),
        ("SELECT a FROM t WHERE x = 1 [AND a BETWEEN {a?}] AND 5 [AND b = {b?}]", "ee"),
        ("SELECT a FROM t WHERE x = 1 [AND a = {a?}] + 2 [AND b = {b?}]", "ee"),
        ("SELECT a FROM t WHERE x = 1 [AND a = {a?}] (2)", "e"),
        ("SELECT a FROM t WHERE x = 1 [+ {a?}] [AND b = {b?}]", "ee"),
        ("SELECT a FROM t WHERE [a = {a?} AND] b = 2 [AND c = {c?}]", "ee"),
        ("SELECT a FROM t [WHERE a = {a?}] [AND b = {b?}]", "ee"),
        ("SELECT a FROM t WHERE x = 1 [AND a = {a?} GROUP BY a]", "e"),
        ("SELECT a FROM t WHERE x = 1 [AND (a = {a?}] [OR b = {b?})]", "ee"),
        ("SELECT a FROM t WHERE x = 1 [AND CASE a WHEN {a?}] [AND b THEN {b?} END]", "ee"),
        ("SELECT a FROM t WHERE {s: A => a | B => b OR c} [AND b = {b?}]", "e"),
        ("SELECT a FROM t WHERE (x = {s: A => a | B => b OR c}) [AND b = {b?}]", "e"),
        ("SELECT a FROM t WHERE x = 1 [AND a = {a?} ORDER BY {s: A => a | B => b}]", "e"),
        ("SELECT a FROM t WHERE (x = 1 [AND a = {a?}])", "e"),
        ("SELECT a FROM t JOIN u ON x = 1 [AND a = {a?}]", "e"),
        ("SELECT a FROM t GROUP BY a HAVING x = 1 [AND a = {a?}]", "e"),
    ]);
}

#[test]
fn statements_in_which_conditions_are_not_only_conditions_are_enumerated() {
    check(&[
        ("SELECT a FROM t WHERE x = 1 [AND a = {a?}] UNION SELECT a FROM u WHERE y = 1 [AND b = {b?}]", "ee"),
        ("SELECT a FROM t WHERE x = 1 [AND a = {a?}] UNION SELECT a FROM u", "i"),
        ("SELECT a FROM t WHERE t MATCH 'x' [AND a = {a?}]", "e"),
        ("SELECT a FROM t INDEXED BY i WHERE x = 1 [AND a = {a?}]", "e"),
        ("SELECT a FROM t WHERE x.end = 1 [AND a = {a?}]", "e"),
    ]);
    let text = "SELECT a FROM t WHERE x = 1 [AND a = {a?}]";
    for dialect in [Dialect::Postgres, Dialect::Mysql] {
        let template = Template::parse(text, dialect, AllRows::Refused).unwrap();
        assert_eq!((template.independent().len(), template.shapes().len()), (0, 2), "{dialect}");
    }
}

#[test]
fn whole_assignments_behind_the_first_are_independent() {
    check(&[
        ("UPDATE t SET a = 1 [, b = {b?}] [, c = {c?}] WHERE id = 1", "ii"),
        ("UPDATE t SET a = 1 [, b = {b?}] , c = 2 OR 3 [, d = CASE WHEN {d?} THEN 1 END]", "ii"),
        ("UPDATE t SET a = 1 [, b = {b?}] WHERE id = 1 [AND c = {c?}]", "ii"),
        ("UPDATE t SET [a = {a?}] [, b = {b?}] WHERE id = 1", "ee"),
        ("UPDATE t SET [a = {a?},] b = 1 WHERE id = 1", "e"),
        ("UPDATE t SET a = 1 [+ {b?}] [, c = {c?}]", "ee"),
        ("UPDATE t SET a = max(1 [, {b?}])", "e"),
        ("SELECT a [, {b?} AS b] FROM t", "e"),
        ("SELECT a FROM t ORDER BY a [, {b?} + c]", "e"),
    ]);
}

#[test]
fn a_part_has_its_spaces_inside_or_outside() {
    check(&[
        ("SELECT a FROM t WHERE x=1[ AND a = {a?}][ AND b = {b?}] LIMIT 1", "ii"),
        ("SELECT a FROM t WHERE x = 1 [AND a = {a?}][AND b = {b?}]", "ee"),
        ("SELECT a FROM t WHERE x = 1 [AND a = {a?}][ AND b = {b?}]", "ee"),
        ("SELECT a FROM t WHERE x = 1 [ AND a = {a?}]", "e"),
        ("SELECT a FROM t WHERE x = 1 [AND a = {a?} ] LIMIT 1", "e"),
        ("SELECT a FROM t WHERE x = (1)[AND a = {a?}] LIMIT 1", "i"),
        ("SELECT a FROM t WHERE x = 1 [AND a = {a?}]LIMIT 1", "e"),
        ("UPDATE t SET a = 1[, b = {b?}][, c = {c?}] WHERE id = 1", "ii"),
    ]);
}

#[test]
fn a_part_of_the_whole_text_is_what_is_missing_without_it() {
    let text = "SELECT a FROM t WHERE x = {x} [AND a IN {a..?}]\n  [AND b LIKE {b: prefix?}] AND y = 1 [AND c = {c?}] LIMIT {n: max 5}";
    let template = Template::parse(text, Dialect::Sqlite, AllRows::Refused).unwrap();
    let wholes = template.whole_shapes();
    let [whole] = wholes.as_slice() else { panic!("{wholes:?}") };
    let parts: Vec<_> = whole.parts.iter().map(|part| &whole.text[part.clone()]).collect();
    assert_eq!(parts, [" AND a IN (SELECT value FROM rarray(?))", " AND b LIKE ? ESCAPE '!'", " AND c = ?"]);
}
