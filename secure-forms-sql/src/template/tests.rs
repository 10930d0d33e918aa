//! The template language, rule by rule.

use super::*;

fn texts(template: &str) -> Vec<String> {
    let template = Template::parse(template, Dialect::Sqlite, AllRows::Refused).unwrap();
    template.shapes().into_iter().map(|shape| shape.text).collect()
}

fn problems(template: &str) -> Vec<String> {
    match Template::parse(template, Dialect::Sqlite, AllRows::Refused) {
        Ok(_) => vec![],
        Err(problems) => problems.into_iter().map(|problem| problem.message).collect(),
    }
}

/// The only problem, and the text that it points at.
fn problem(template: &str) -> (String, &str) {
    match Template::parse(template, Dialect::Sqlite, AllRows::Refused) {
        Err(problems) if problems.len() == 1 => (problems[0].message.clone(), &template[problems[0].span.clone()]),
        other => panic!("{template}: {other:?}"),
    }
}

#[test]
fn a_value_becomes_a_placeholder() {
    assert_eq!(texts("SELECT a FROM t\n   WHERE b = {user.name()} AND c={c}"), ["SELECT a FROM t WHERE b = ? AND c=?"]);
}

#[test]
fn indentation_and_line_ends_are_not_sent() {
    assert_eq!(texts("  SELECT 'two  spaces'\n\t FROM t  "), ["SELECT 'two  spaces' FROM t"]);
}

#[test]
fn a_rust_expression_may_hold_braces_strings_and_paths() {
    let text = r#"SELECT a FROM t WHERE b = {map["}"]} AND c = {f(|x| { x }, '}')} AND d = {Color::Red as i64} AND e = {x::<T>()}"#;
    let template = Template::parse(text, Dialect::Sqlite, AllRows::Refused).unwrap();
    let expressions: Vec<_> = template.slots().iter().map(|slot| &text[slot.expression.clone()]).collect();
    assert_eq!(expressions, [r#"map["}"]"#, "f(|x| { x }, '}')", "Color::Red as i64", "x::<T>()"]);
}

#[test]
fn each_optional_part_doubles_the_statements() {
    assert_eq!(
        texts("SELECT a FROM t WHERE a = {a} [AND b = {b?}] [AND c BETWEEN {c?} AND {d?} AND e = {e}]"),
        [
            "SELECT a FROM t WHERE a = ?",
            "SELECT a FROM t WHERE a = ? AND c BETWEEN ? AND ? AND e = ?",
            "SELECT a FROM t WHERE a = ? AND b = ?",
            "SELECT a FROM t WHERE a = ? AND b = ? AND c BETWEEN ? AND ? AND e = ?",
        ]
    );
}

#[test]
fn a_choice_puts_its_sql() {
    assert_eq!(
        texts("SELECT a FROM t ORDER BY {s: Sort::Name | Sort::Nick => name || '|' | Sort::Newest => created_at desc}"),
        ["SELECT a FROM t ORDER BY name || '|'", "SELECT a FROM t ORDER BY created_at desc"]
    );
}

#[test]
fn lists_searches_limits_and_pages_have_their_forms() {
    assert_eq!(texts("SELECT a FROM t WHERE a IN {x..}"), ["SELECT a FROM t WHERE a IN (SELECT value FROM rarray(?))"]);
    assert_eq!(
        texts("SELECT a FROM t WHERE a NOT IN ({x..})"),
        ["SELECT a FROM t WHERE a NOT IN (SELECT value FROM rarray(?))"]
    );
    assert_eq!(texts("SELECT a FROM t WHERE a LIKE {x: prefix}"), ["SELECT a FROM t WHERE a LIKE ? ESCAPE '!'"]);
    assert_eq!(texts("SELECT a FROM t WHERE a LIKE {x: pattern}"), ["SELECT a FROM t WHERE a LIKE ?"]);
    assert_eq!(texts("SELECT a FROM t LIMIT {n: max 1_00} OFFSET {o}"), ["SELECT a FROM t LIMIT +? OFFSET +?"]);
    assert_eq!(texts("SELECT a FROM t LIMIT 20 OFFSET {p: page 20}"), ["SELECT a FROM t LIMIT 20 OFFSET +?"]);
    assert_eq!(texts("SELECT a FROM t [LIMIT {n: max 10?}]")[1], "SELECT a FROM t LIMIT +?");
}

#[test]
fn the_checker_sees_plain_sql() {
    let text = "SELECT a FROM t WHERE a IN {x..} AND b LIKE {q: contains} LIMIT {n: max 10}";
    let shapes = Template::parse(text, Dialect::Sqlite, AllRows::Refused).unwrap().shapes();
    assert_eq!(shapes[0].judged, "SELECT a FROM t WHERE a IN (?) AND b LIKE ? ESCAPE '!' LIMIT ?");
    assert_eq!(shapes[0].slots, [0, 1, 2]);
}

#[test]
fn a_place_in_a_statement_leads_back_to_the_template() {
    let text = "SELECT a\n      FROM t WHERE b = {b} [AND c = {c?}]\n   ORDER BY {s: A => x | B => yy}";
    let template = Template::parse(text, Dialect::Sqlite, AllRows::Refused).unwrap();
    let shapes = template.shapes();
    let back = |shape: &Shape, word: &str| {
        let at = shape.judged.find(word).unwrap();
        &text[shape.origin(at..at + word.len())]
    };
    assert_eq!(shapes.len(), 4);
    assert_eq!(back(&shapes[3], "yy"), "yy");
    assert_eq!(back(&shapes[3], "c ="), "c =");
    assert_eq!(back(&shapes[3], "c = ?"), "c = {c?}");
    assert_eq!(back(&shapes[0], "FROM t"), "FROM t");
    assert_eq!(back(&shapes[0], "x"), "x");
}

#[test]
fn what_a_statement_must_not_hold_is_pointed_at() {
    for (template, message, at) in [
        ("SELECT 1; DROP TABLE t", "one statement for one query: `;` is refused", ";"),
        ("SELECT 1 -- why", "a comment in a statement is refused", "-- why"),
        ("SELECT /* x */ 1", "a comment in a statement is refused", "/* x */"),
        ("SELECT a FROM t WHERE a = $1", "the placeholder `$1` is written by hand", "$1"),
        ("SELECT a FROM t WHERE a = ?", "the placeholder `?` is written by hand", "?"),
        ("SELECT a FROM t WHERE a = ?12", "the placeholder `?12` is written by hand", "?12"),
        ("SELECT a FROM t WHERE a = :name", "the placeholder `:name` is written by hand", ":name"),
        ("SELECT a FROM t WHERE a = @name", "the placeholder `@name` is written by hand", "@name"),
        ("SELECT a FROM t WHERE a = '{name}'", "values are bound without quotes", "{name}"),
        ("SELECT a FROM t WHERE a LIKE '%{q}%'", "values are bound without quotes", "{q}"),
        ("SELECT a FROM t WHERE a = '{user.name()}'", "values are bound without quotes", "{user.name()}"),
        ("SELECT a FROM \"{table}\"", "values are bound without quotes", "{table}"),
        ("SELECT a FROM t WHERE a = 'open", "this quote is not closed", "'open"),
        ("SELECT a FROM t WHERE a = {open", "this brace is not closed", "{open"),
        ("SELECT a FROM t WHERE a = b}", "this brace closes nothing", "}"),
        ("SELECT [a] FROM t", "names are not quoted by brackets here", "[a]"),
        ("SELECT a FROM t [WHERE a = 1]", "this optional part holds no optional value", "[WHERE a = 1]"),
        ("SELECT a FROM t WHERE a = {a?}", "`?` stands only inside of an optional part", "{a?}"),
        ("SELECT a FROM t WHERE a = {}", "these braces name no value", "{}"),
        ("SELECT a FROM t_{name}", "a value cannot be a part of a name or a word", "{name}"),
        ("SELECT a FROM {table}", "a table's name cannot be bound", "{table}"),
        ("SELECT a FROM t ORDER BY {column}", "a bound value orders nothing: it is the same for every row", "{column}"),
        ("SELECT a FROM t ORDER BY a, {b} DESC", "a bound value orders nothing: it is the same for every row", "{b}"),
        ("SELECT a FROM t LIMIT {n}", "`LIMIT` takes a bound value only with a cap", "{n}"),
        ("SELECT a FROM t LIMIT 5, {n}", "`LIMIT` takes a bound value only with a cap", "{n}"),
        ("SELECT a FROM t LIMIT 5 + {n: max 3}", "`max` belongs to `LIMIT`", "{n: max 3}"),
        ("SELECT a FROM t LIMIT {n: max 0}", "`0` is not a number of rows", "max 0"),
        ("SELECT a FROM t WHERE a IN {x}", "`IN` takes a list", "{x}"),
        ("SELECT a FROM t WHERE a = {x..}", "a list stands alone behind `IN`", "{x..}"),
        ("SELECT a FROM t WHERE a LIKE {q}", "`LIKE` reads `%` and `_` in a value as wildcards", "{q}"),
        (
            "SELECT a FROM t WHERE a NOT LIKE '%' || {q} || '%'",
            "`LIKE` reads `%` and `_` in a value as wildcards",
            "{q}",
        ),
        ("SELECT a FROM t WHERE a LIKE lower({q})", "`LIKE` reads `%` and `_` in a value as wildcards", "{q}"),
        ("SELECT a FROM t WHERE a GLOB {q}", "`LIKE` reads `%` and `_` in a value as wildcards", "{q}"),
        ("SELECT a FROM t WHERE a = {q: contains}", "a searched text stands directly behind `LIKE`", "{q: contains}"),
        (
            "SELECT a FROM t WHERE a LIKE {q: contains} ESCAPE '#'",
            "`ESCAPE` is added to a searched text already",
            "{q: contains}",
        ),
        ("SELECT a FROM t WHERE a = {q: containing}", "`containing` says nothing about a value", "containing"),
        ("SELECT a FROM t ORDER BY {s: A => a; DROP TABLE t}", "one statement for one query: `;` is refused", ";"),
        ("SELECT a FROM t ORDER BY {s: A => {x}}", "a choice cannot hold a bound value", "{x}"),
        ("SELECT a FROM t ORDER BY {s: A => a | B}", "`B` has no SQL", " B"),
        ("INSERT INTO t VALUES ({a})", "this `INSERT` does not name its columns", "t"),
        ("INSERT OR IGNORE INTO t SELECT a FROM u", "this `INSERT` does not name its columns", "t"),
        ("INSERT INTO t (SELECT a FROM u)", "this `INSERT` does not name its columns", "t"),
        ("DELETE FROM t", "this `DELETE` has no `WHERE`: it reaches every row", "DELETE"),
        ("UPDATE t SET a = (SELECT 1 WHERE b)", "this `UPDATE` has no `WHERE`: it reaches every row", "UPDATE"),
        ("WITH x AS (SELECT 1 WHERE 1) DELETE FROM t", "this `DELETE` has no `WHERE`: it reaches every row", "DELETE"),
    ] {
        assert_eq!(problem(template), (message.to_owned(), at), "{template}");
    }
}

#[test]
fn only_statements_that_read_or_write_rows_exist() {
    let message = "a query is a `SELECT`, `INSERT`, `UPDATE` or `DELETE`";
    for word in [
        "PRAGMA",
        "ATTACH",
        "DETACH",
        "BEGIN",
        "COMMIT",
        "END",
        "ROLLBACK",
        "SAVEPOINT",
        "RELEASE",
        "VACUUM",
        "REINDEX",
        "ANALYZE",
        "CREATE",
        "DROP",
        "ALTER",
        "TRUNCATE",
        "SELEC",
        "COPY",
        "CALL",
        "DO",
        "SET",
        "LOAD",
        "GRANT",
        "MERGE",
        "pragma",
    ] {
        assert_eq!(problem(&format!("{word} x")).0, message, "{word}");
        assert_eq!(problem(&format!("EXPLAIN {word} x")).0, message, "{word}");
        assert_eq!(problem(&format!("EXPLAIN QUERY PLAN {word} x")).0, message, "{word}");
    }
    for text in [
        "SELECT 1",
        "select 1",
        "VALUES (1)",
        "WITH x AS (SELECT 1) SELECT 1",
        "EXPLAIN QUERY PLAN SELECT 1",
        "EXPLAIN SELECT 1",
        "(SELECT 1) UNION (SELECT 2)",
    ] {
        assert_eq!(problems(text), [] as [&str; 0], "{text}");
    }
}

#[test]
fn a_limit_of_a_write_must_not_vanish() {
    let part = "an optional part of a write's `WHERE` can vanish, and with it the limit";
    assert_eq!(problems("DELETE FROM t WHERE a = {a} [AND b = {b?}]"), [part]);
    assert_eq!(problems("DELETE FROM t [WHERE a = {a?}]"), [part]);
    assert_eq!(problems("UPDATE t SET a = 1 WHERE id IN (SELECT id FROM u WHERE 1 [AND b = {b?}])"), [part]);
    assert_eq!(problems("DELETE FROM t WHERE a NOT IN {x..}"), ["`NOT IN` an empty list is true for every row"]);
    assert_eq!(
        problems("DELETE FROM t WHERE NOT (b IS NULL OR a IN {x..})"),
        ["`NOT IN` an empty list is true for every row"]
    );
    assert!(Template::parse("DELETE FROM t WHERE a NOT IN {x..}", Dialect::Sqlite, AllRows::Allowed).is_ok());
}

#[test]
fn good_writes_pass() {
    for template in [
        "DELETE FROM t WHERE a = {a}",
        "DELETE FROM t WHERE b IS NOT NULL AND a IN {x..}",
        "UPDATE t SET a = {a} WHERE id = {id} RETURNING a",
        "UPDATE t SET a = coalesce({a}, a) WHERE id = {id}",
        "INSERT INTO t (a) VALUES ({a}) ON CONFLICT (a) DO UPDATE SET b = excluded.b",
        "INSERT INTO main.t AS x (a) SELECT a FROM u WHERE a = {a}",
        "INSERT INTO t DEFAULT VALUES",
        "REPLACE INTO t (a) VALUES ({a})",
        "SELECT replace(a, {from}, {to}) FROM t",
        "SELECT update_count FROM t",
    ] {
        assert_eq!(problems(template), [] as [&str; 0], "{template}");
    }
}

#[test]
fn braces_and_brackets_in_quotes_are_plain_text() {
    for template in [
        "SELECT '{\"a\": 1}', '{}', '{1,2}', '[x]' FROM t",
        "SELECT json_extract(a, '$.x[0]') FROM t",
        "SELECT a FROM t WHERE a LIKE 'x%' AND b = {b}",
        "SELECT a FROM t WHERE a IS NOT DISTINCT FROM {x}",
        "SELECT a FROM t GROUP BY a HAVING count(*) > {n} ORDER BY abs(a - {x})",
    ] {
        assert_eq!(problems(template), [] as [&str; 0], "{template}");
    }
}

#[test]
fn postgres_keeps_its_operators_and_subscripts() {
    let parse = |text| Template::parse(text, Dialect::Postgres, AllRows::Refused).map(|t| t.shapes()[0].text.clone());
    assert_eq!(
        parse("SELECT a[1], ARRAY[1, 2] FROM t WHERE j ? 'k' AND b = {b}::int").unwrap(),
        "SELECT a[1], ARRAY[1, 2] FROM t WHERE j ? 'k' AND b = $1::int"
    );
    assert!(parse("SELECT a FROM t WHERE a = $1").is_err());
    assert!(parse("SELECT $$x$$").is_err());
    assert!(parse("SELECT E'\\'{name}'").is_err());
}

#[test]
fn sixty_four_statements_pass_and_more_do_not() {
    let part = |count: usize| (0..count).map(|at| format!(" [OR a{at} = {{a{at}?}}]")).collect::<String>();
    assert_eq!(texts(&format!("SELECT a FROM t WHERE 1{}", part(6))).len(), MAX_SHAPES);
    for count in [7, 70] {
        assert_eq!(
            problems(&format!("SELECT a FROM t WHERE 1{}", part(count))),
            ["this template becomes more than 64 statements"]
        );
    }
}

#[test]
fn sixty_four_independent_parts_pass_and_more_do_not() {
    let part = |count: usize| (0..count).map(|at| format!(" [AND a{at} = {{a{at}?}}]")).collect::<String>();
    // All, none, each alone, all but each.
    assert_eq!(texts(&format!("SELECT a FROM t WHERE 1{}", part(64))).len(), 2 + 2 * MAX_INDEPENDENT);
    assert_eq!(
        problems(&format!("SELECT a FROM t WHERE 1{}", part(65))),
        ["this template has more than 64 optional parts"]
    );
}

#[test]
fn all_mistakes_are_told_in_one_run() {
    assert_eq!(problems("SELECT a FROM {t} WHERE a = ? AND b LIKE {q} LIMIT {n};").len(), 5);
}

#[test]
fn no_text_is_too_odd() {
    let pieces = [
        "{", "}", "[", "]", "'", "\"", "?", "{a?}", "{b..}", "LIKE ", "é", "\\", "(", ")", "=>", "|", ":", "\0",
        "DELETE ", " ",
    ];
    for a in pieces {
        for b in pieces {
            for c in pieces {
                for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql] {
                    let text = format!("{a}{b}{c}{a}{c}");
                    if let Ok(template) = Template::parse(&text, dialect, AllRows::Refused) {
                        template.shapes();
                    }
                }
            }
        }
    }
}
