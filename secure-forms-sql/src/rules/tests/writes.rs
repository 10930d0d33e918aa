//! Writes that reach every row, and those that leave rows out.

use super::*;

/// Conditions that hold for every row, and why.
const EVERY_ROW: [(&str, &str); 69] = [
    ("1", "does not look"),
    ("1 = 1", "does not look"),
    ("(1 = 1)", "does not look"),
    ("2 > 1", "does not look"),
    ("-1", "does not look"),
    ("true", "does not look"),
    ("NOT 0", "does not look"),
    ("NOT false", "does not look"),
    ("NOT (1 = 2)", "does not look"),
    ("NOT NOT 1", "does not look"),
    ("1 IS NOT NULL", "does not look"),
    ("'a' = 'a'", "does not look"),
    ("{x}", "does not look"),
    ("{x} = 1", "does not look"),
    ("{x} IS NULL", "does not look"),
    ("random() <> 0", "does not look"),
    ("id = id", "itself"),
    ("users.id = id", "itself"),
    ("ID = \"id\"", "itself"),
    ("+id = (id)", "itself"),
    ("id = id + 0", "itself"),
    ("id = rowid", "itself"),
    ("id >= id", "itself"),
    ("id IS id", "itself"),
    ("username = username || ''", "itself"),
    ("id = (SELECT id)", "itself"),
    ("id BETWEEN id AND id", "itself"),
    ("id IN (id)", "itself"),
    ("id IN (7, id)", "itself"),
    ("(id, org) = (id, org)", "itself"),
    ("username LIKE username", "itself"),
    ("lower(username) = LOWER(username)", "itself"),
    ("id = coalesce({x}, id)", "itself"),
    ("coalesce({x}, id) = id", "itself"),
    ("ifnull({x}, org) = org", "itself"),
    ("org BETWEEN coalesce({a}, org) AND coalesce({b}, org)", "itself"),
    ("id = CASE WHEN {x} THEN 1 ELSE id END", "itself"),
    ("id IN (SELECT id)", "itself"),
    ("id IN (coalesce({x}, id))", "itself"),
    ("{x} IS NULL OR id = {x}", "does not look"),
    ("id IS NOT NULL", "never NULL"),
    ("NOT id IS NULL", "never NULL"),
    ("id NOTNULL", "never NULL"),
    ("username IS NOT NULL", "never NULL"),
    ("lower(username) IS NOT NULL", "never NULL"),
    ("rowid IS NOT NULL", "never NULL"),
    ("NOT (username IS NULL)", "never NULL"),
    ("id > 0", "from 1"),
    ("id >= 0", "from 1"),
    ("id <> -1", "from 1"),
    ("0 < id", "from 1"),
    ("rowid > 0", "from 1"),
    ("username LIKE '%'", "every text"),
    ("username GLOB '*'", "every text"),
    ("username LIKE '%%'", "every text"),
    ("username LIKE {q: contains}", "can be empty"),
    ("username NOT LIKE {q: pattern}", "can be empty"),
    ("id IN (SELECT id FROM users)", "own table"),
    ("id IN (SELECT id FROM users WHERE 1 = 1)", "own table"),
    ("id NOT IN ()", "empty list"),
    ("id", "every number but 0"),
    ("score", "every number but 0"),
    ("length(username)", "not known"),
    ("CASE WHEN id = 1 THEN 1 ELSE 1 END", "not known"),
    ("EXISTS (SELECT 1)", "does not look"),
    ("EXISTS (SELECT 1 FROM orgs)", "does not look"),
    ("EXISTS (SELECT 1 FROM orgs WHERE id = 1)", "does not look"),
    ("EXISTS (SELECT 1 FROM orgs WHERE users.id = users.id)", "does not look"),
    ("1 IN (SELECT id FROM orgs)", "does not look"),
];

#[test]
fn a_condition_that_holds_for_every_row_is_refused() {
    for (condition, why) in EVERY_ROW {
        for text in [
            format!("DELETE FROM users WHERE {condition}"),
            format!("UPDATE users SET score = 0 WHERE {condition}"),
            format!("DELETE FROM users WHERE ({condition}) AND 1 = 1"),
        ] {
            refused(&text, why);
        }
        for text in [
            format!("DELETE FROM users WHERE id = {{id}} OR {condition}"),
            format!("DELETE FROM users WHERE {condition} OR id = {{id}}"),
            format!("WITH x AS (SELECT 1) DELETE FROM users WHERE org = {{org}} AND email = 'a' OR ({condition})"),
        ] {
            refused(&text, why);
        }
        passes(&format!("DELETE FROM users WHERE ({condition}) AND id = {{id}}"));
    }
}

#[test]
fn a_condition_that_leaves_rows_out_passes() {
    for condition in [
        "id = {id}",
        "id IN {ids..}",
        "id IN (1, 2, 3)",
        "NOT id = {id}",
        "id <> {id}",
        "id > {id}",
        "score > 0",
        "org IS NOT NULL",
        "org IS NULL",
        "id IS NULL",
        "email NOTNULL AND 1",
        "admin",
        "NOT admin",
        "admin = 1",
        "0 OR id = {id}",
        "1 = 0 OR id = {id}",
        "id = {id} OR org = {org}",
        "NOT (id = {id} OR 1 = 0)",
        "id BETWEEN {a} AND {b}",
        "lower(username) = {name}",
        "coalesce(email, '') = {mail}",
        "email <> lower(email)",
        "username LIKE 'a%'",
        "(id, org) = ({id}, {org})",
        "id IN (SELECT owner FROM orgs WHERE name = {name})",
        "id NOT IN (SELECT owner FROM orgs)",
        "id IN (SELECT id FROM users WHERE username = {name})",
        "id IN (SELECT id FROM users ORDER BY id LIMIT 10)",
        "id = (SELECT max(id) FROM users)",
        "EXISTS (SELECT 1 FROM orgs WHERE orgs.owner = users.id)",
        "NOT EXISTS (SELECT 1 FROM orgs WHERE owner = users.id)",
        "EXISTS (SELECT 1 FROM orgs o JOIN orgs p ON p.owner = users.id)",
        "{id} = id",
        "score & 4",
        "id IS {id}",
        "0",
    ] {
        passes(&format!("DELETE FROM users WHERE {condition}"));
        passes(&format!("UPDATE users SET email = NULL WHERE {condition}"));
    }
}

#[test]
fn the_tables_beside_the_written_one_do_not_choose_its_rows() {
    refused("UPDATE users SET email = o.name FROM orgs o WHERE o.id = 1", "does not look");
    refused("UPDATE users AS u SET email = NULL WHERE u.id = u.id", "itself");
    passes("UPDATE users SET email = o.name FROM orgs o WHERE o.owner = users.id");
    passes("UPDATE users AS u SET email = NULL WHERE u.id = {id}");
}
