//! The rules over the tree, each with a twin that passes.

mod writes;

use super::*;
use crate::Dialect;

const SCHEMA: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT NOT NULL, org INTEGER, admin BOOLEAN NOT NULL,
    email TEXT, score INTEGER NOT NULL); CREATE TABLE orgs (id INTEGER PRIMARY KEY, name TEXT NOT NULL, owner INTEGER);";

fn messages(dialect: Dialect, text: &str) -> Vec<(String, String)> {
    let schema = Schema::parse(dialect, &[("1.sql", SCHEMA)]).unwrap();
    // The token rules of a template are tested where they are: here only what they let through counts.
    let template = match Template::parse(text, dialect, AllRows::Refused) {
        Ok(template) => template,
        Err(problems) => {
            return problems.into_iter().map(|problem| (problem.message, text[problem.span].to_owned())).collect();
        }
    };
    let judged = template.rules(&template.shapes(), &schema, AllRows::Refused);
    let problems = judged.err().unwrap_or_default();
    problems.into_iter().map(|problem| (problem.message, text[problem.span].to_owned())).collect()
}

fn refused(text: &str, message: &str) {
    let found = messages(Dialect::Sqlite, text);
    assert!(found.iter().any(|(own, _)| own.contains(message)), "{text}: {found:?}");
}

fn passes(text: &str) {
    assert_eq!(messages(Dialect::Sqlite, text), [], "{text}");
}

#[test]
fn a_number_of_rows_is_one_capped_value_at_any_depth() {
    for limit in [
        "({n})",
        "(({n}))",
        "+{n}",
        "-{n}",
        "{n} + 0",
        "(SELECT {n})",
        "(SELECT id FROM users WHERE org = {n})",
        "coalesce({n}, 1)",
        "max({n}, 1)",
        "CASE WHEN 1 THEN {n} END",
        "CAST({n} AS INTEGER)",
        "{n}, 10",
        "10, {n}",
        "(WITH x AS (SELECT {n} AS y) SELECT y FROM x)",
        "abs({n})",
        "iif(1, {n}, 1)",
        "(VALUES ({n}))",
    ] {
        refused(&format!("SELECT id FROM users LIMIT {limit}"), "`LIMIT` takes a bound value only with a cap");
        refused(&format!("SELECT id FROM (SELECT id FROM users LIMIT {limit})"), "only with a cap");
        refused(&format!("SELECT (SELECT id FROM users LIMIT {limit})"), "only with a cap");
    }
    for limit in ["{n: max 5} - 9", "-{n: max 5}", "{n: max 5} * 100", "(SELECT {n: max 5})", "coalesce({n: max 5}, 1)"]
    {
        let text = format!("SELECT id FROM users LIMIT {limit}");
        assert!(!messages(Dialect::Sqlite, &text).is_empty(), "{text}");
    }
    for text in [
        "SELECT id FROM users LIMIT {n: max 100}",
        "SELECT id FROM users WHERE org = {org} LIMIT 5 OFFSET {skip}",
        "SELECT id FROM users LIMIT 5 OFFSET {page: page 5}",
        "SELECT id FROM users WHERE id IN (SELECT id FROM orgs WHERE id = {id} LIMIT 1)",
    ] {
        passes(text);
    }
}

#[test]
fn rows_to_skip_are_one_value() {
    for offset in ["({skip})", "-{skip}", "{skip} + 1", "(SELECT {skip})", "coalesce({skip}, 0)"] {
        refused(&format!("SELECT id FROM users LIMIT 5 OFFSET {offset}"), "stands alone behind `OFFSET`");
    }
}

#[test]
fn a_value_in_a_pattern_says_how_its_wildcards_are_meant() {
    for pattern in [
        "{q}",
        "+{q}",
        "({q})",
        "(({q}))",
        "CASE WHEN 1 THEN {q} END",
        "CASE {q} WHEN 1 THEN 'a' END",
        "'%' || {q}",
        "{q} || '%'",
        "('%' || {q})",
        "lower({q})",
        "coalesce(NULL, {q})",
        "(SELECT {q})",
        "CAST({q} AS TEXT)",
        "{q} COLLATE NOCASE",
        "iif(1, {q}, '')",
        "(VALUES ({q}))",
        "('a' || lower(trim({q})))",
    ] {
        for operator in ["LIKE", "NOT LIKE", "GLOB", "NOT GLOB", "REGEXP", "MATCH"] {
            refused(&format!("SELECT id FROM users WHERE username {operator} {pattern}"), "as wildcards");
        }
    }
    for call in
        ["like({q}, username)", "glob({q}, username)", "like('%' || {q}, username, '!')", "regexp({q}, username)"]
    {
        refused(&format!("SELECT id FROM users WHERE {call}"), "as wildcards");
    }
    refused("SELECT id FROM users WHERE username = {q: pattern}", "`pattern` belongs to `LIKE`");
    refused("SELECT id FROM users WHERE {q: pattern} LIKE username", "`pattern` belongs to `LIKE`");
    refused("SELECT id FROM users WHERE username LIKE 'a' ESCAPE {e}", "`ESCAPE` takes no bound value");
    refused("SELECT id FROM users WHERE username LIKE {q: contains} || 'x'", "");
    for text in [
        "SELECT id FROM users WHERE username LIKE {q: contains}",
        "SELECT id FROM users WHERE username NOT LIKE {q: prefix} AND id = {id}",
        "SELECT id FROM users WHERE username LIKE '%' || {q: pattern}",
        "SELECT id FROM users WHERE username GLOB {q: pattern}",
        "SELECT id FROM users WHERE username LIKE CASE WHEN org = 1 THEN 'a' ELSE lower({q: pattern}) END AND {x} = 1",
        "SELECT id FROM users WHERE like({q: pattern}, username)",
        "SELECT id FROM users WHERE {q} LIKE username",
        "SELECT id FROM users WHERE username LIKE 'a%' AND email = {email}",
        "SELECT like(username, email) FROM users WHERE id = {id}",
    ] {
        passes(text);
    }
}

#[test]
fn a_size_that_a_function_makes_has_a_cap() {
    for call in [
        "randomblob({n})",
        "zeroblob({n})",
        "hex(zeroblob({n}))",
        "zeroblob(({n}))",
        "zeroblob({n} * 2)",
        "zeroblob(coalesce({n}, 1))",
        "printf('%*d', {n}, 1)",
        "format('%.*c', {n}, 'x')",
        "zeroblob((SELECT {n}))",
        "printf(username, {n})",
        "zeroblob({n: max 9} * 1000)",
    ] {
        let found = messages(Dialect::Sqlite, &format!("SELECT {call} AS x FROM users"));
        assert!(!found.is_empty(), "{call}");
    }
    refused("SELECT printf({f}, 1) AS x", "a format cannot be bound");
    refused("SELECT format({f} || '%d', 1) AS x", "a format cannot be bound");
    refused("SELECT trim(username, {c}) AS x FROM users", "the characters to trim cannot be bound");
    refused("SELECT rtrim(username, 'a' || {c}) AS x FROM users", "the characters to trim cannot be bound");
    assert!(!messages(Dialect::Postgres, "SELECT trim(both {c} FROM username) FROM users").is_empty());
    let postgres = |call: &str| !messages(Dialect::Postgres, &format!("SELECT {call} FROM users")).is_empty();
    assert!(postgres("repeat('x', {n})") && postgres("lpad('x', {n}::int)"));
    assert!(!messages(Dialect::Postgres, "SELECT 1 FROM generate_series(1, {n})").is_empty());
    refused("SELECT id FROM users WHERE org = abs({n: max 10})", "`max` caps a number of rows");
    for text in [
        "SELECT hex(randomblob({n: max 64})) AS x",
        "SELECT printf('%s has %d', {name}, {n}) AS x",
        "SELECT replace(username, {from}, {to}) AS x, substr(username, {n}) AS y FROM users",
    ] {
        passes(text);
    }
    assert_eq!(messages(Dialect::Postgres, "SELECT repeat({text}, 3), repeat('x', {n: max 9}) FROM users"), []);
}

#[test]
fn what_the_parser_cannot_read_is_judged_by_its_words() {
    let odd = "SELECT id FROM users WHERE id ISNULL AND";
    refused(&format!("{odd} org = 1 LIMIT ({{n}})"), "only with a cap");
    refused(&format!("{odd} username LIKE CASE WHEN 1 THEN {{q}} END"), "as wildcards");
    refused(&format!("{odd} x = zeroblob(({{n}}))"), "may choose how much");
    refused("DELETE FROM users WHERE id ISNULL AND id = {id}", "cannot read this statement");
    passes(&format!("{odd} org = {{org}} AND username LIKE {{q: contains}} LIMIT {{n: max 5}}"));
}

#[test]
fn the_walk_meets_every_value_of_the_statements_that_servers_prepared() {
    for (dialect, statements) in [
        (
            Dialect::Sqlite,
            "SELECT sum(id) FILTER (WHERE id > {a}) OVER (PARTITION BY {b} ORDER BY {c} + id ROWS BETWEEN {d} PRECEDING AND CURRENT ROW) AS x FROM users WINDOW w AS (ORDER BY id + {e})",
        ),
        (
            Dialect::Sqlite,
            "INSERT INTO users (id, username) SELECT {a}, {b} WHERE {c} ON CONFLICT (id) DO UPDATE SET username = {d} WHERE id = {e} RETURNING id + {f} AS x",
        ),
        (
            Dialect::Sqlite,
            "WITH RECURSIVE c (x) AS (SELECT {a} UNION ALL SELECT x + 1 FROM c WHERE x < {b}) SELECT x FROM c JOIN users ON users.id = {c} GROUP BY x + {d} HAVING count(*) > {e} ORDER BY abs(x - {f})",
        ),
        (
            Dialect::Sqlite,
            "SELECT value FROM json_each({a}), (SELECT {b} AS y) WHERE (value, y) IN (VALUES ({c}, {d})) AND value NOT BETWEEN {e} AND {f}",
        ),
        (
            Dialect::Postgres,
            "SELECT extract(day FROM {a}::date), substring({b} FROM {c} FOR {d}), position({e} IN username), trim(both FROM {f}) FROM users",
        ),
        (
            Dialect::Postgres,
            "SELECT (ARRAY[{a}, {b}])[{c}], username IS DISTINCT FROM {d}, org = ANY({e}) FROM users, unnest({f}::int[])",
        ),
        (
            Dialect::Postgres,
            "SELECT DISTINCT ON (org + {a}) overlay(username placing {b} from {c} for {d}), {e} AT TIME ZONE {f} FROM users",
        ),
    ] {
        assert_eq!(messages(dialect, statements), [], "{statements}");
    }
}

#[test]
fn a_text_that_is_looked_for_is_known() {
    let schema = Schema::parse(Dialect::Sqlite, &[("1.sql", SCHEMA)]).unwrap();
    let needles = |text: &str| {
        let template = Template::parse(text, Dialect::Sqlite, AllRows::Refused).unwrap();
        template.rules(&template.shapes(), &schema, AllRows::Refused).unwrap()
    };
    assert_eq!(needles("SELECT replace({a}, lower({b}), {c}) AS x FROM users WHERE id = {d}"), [1]);
    assert_eq!(needles("SELECT id FROM users WHERE org = {a} AND instr(email, {b}) > 0"), [1]);
    assert_eq!(needles("SELECT id FROM users WHERE org = {a} AND id ISNULL AND instr(email, ({b})) > 0"), [1]);
}

#[test]
fn a_value_does_not_reach_such_a_place_through_a_column() {
    for text in [
        "SELECT id FROM users, (SELECT {q} AS q) WHERE username LIKE q",
        "SELECT id FROM users, (SELECT {q} AS q) x WHERE username LIKE '%' || x.q || '%'",
        "WITH x (q) AS (SELECT {q}) SELECT id FROM users, x WHERE username LIKE q",
        "WITH x (q) AS (VALUES ({q})) SELECT id FROM users, x WHERE username GLOB x.q",
        "WITH x AS (SELECT 1 AS n UNION SELECT {n}) SELECT id FROM users LIMIT (SELECT n FROM x)",
        "WITH x AS (SELECT {n} AS n) SELECT id FROM users LIMIT (SELECT * FROM x)",
        "WITH x AS (SELECT {n} AS n), y AS (SELECT n + 1 AS m FROM x) SELECT id FROM users LIMIT 5 OFFSET (SELECT m FROM y)",
        "SELECT {q} AS p FROM users WHERE username LIKE p",
        "SELECT id FROM users, json_each({list}) WHERE username LIKE value",
        "SELECT zeroblob(n) AS z FROM (SELECT {n} AS n)",
        "SELECT id FROM users, (VALUES ({q})) WHERE username LIKE column1",
    ] {
        refused(text, "carries a bound value into");
    }
    for text in [
        "SELECT id FROM users, (SELECT {q} AS q) WHERE username = q AND username LIKE email",
        "WITH x AS (SELECT id FROM orgs WHERE name = {name}) SELECT id FROM users LIMIT (SELECT id FROM x)",
    ] {
        passes(text);
    }
}

#[test]
fn no_statement_is_too_odd() {
    let schema = Schema::parse(Dialect::Sqlite, &[("1.sql", SCHEMA)]).unwrap();
    let pieces = [
        "{a}",
        "{b: max 5}",
        "{c..}",
        "{q: pattern}",
        "(",
        ")",
        "SELECT 1",
        " LIMIT ",
        " LIKE ",
        "DELETE FROM users WHERE ",
        "id",
        " OR ",
        " IN ",
        "x.y.z",
        "EXISTS ",
        "NOT ",
        "CASE ",
        "WITH x AS (SELECT {d} AS e) ",
        "'",
        "\u{e9}",
    ];
    for a in pieces {
        for b in pieces {
            for c in pieces {
                let text = format!("{a} {b} {c} {a}");
                if let Ok(template) = Template::parse(&text, Dialect::Sqlite, AllRows::Refused) {
                    let judged = template.rules(&template.shapes(), &schema, AllRows::Refused);
                    let problems = judged.err().unwrap_or_default();
                    assert!(
                        problems.iter().all(|problem| !problem.message.contains("no thread")),
                        "{text}: it panicked"
                    );
                    assert!(
                        problems.iter().all(|problem| text.get(problem.span.clone()).is_some()),
                        "{text}: {problems:?}"
                    );
                }
            }
        }
    }
}
