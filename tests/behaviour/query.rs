//! `query!` and `Db` on real SQLite files: what is bound stays data, what belongs together happens together.

use secure_forms::query::{Db, Error, ErrorKind, Schema};
use secure_forms::{query, query_as, schema};
use tempfile::TempDir;

static SCHEMA: Schema = schema!();

/// A database in a folder that goes away with the test.
fn open() -> (TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(folder.path().join("test.db"), &SCHEMA).unwrap();
    (folder, db)
}

async fn add(db: &Db, username: &str) -> i64 {
    let email = format!("{username}@example.org");
    let query = query!("INSERT INTO users (username, email) VALUES ({username}, {email}) RETURNING id");
    query.one(db).await.unwrap().id
}

/// Texts that break statements which are put together from text.
const PAYLOADS: [&str; 14] = [
    "' OR '1'='1",
    "'; DROP TABLE users; --",
    "\" OR \"\"=\"",
    "admin'--",
    "admin' /*",
    "' UNION SELECT id, email FROM users --",
    "\\'; DELETE FROM users; --",
    "?1 OR 1=1",
    "{username}",
    ":name @name $name",
    "nul\0byte",
    "%_!%",
    "line\nbreak\r\n\t",
    "😀é\u{202e}",
];

/// The guide's safe line: the name is bound, whatever it holds.
#[tokio::test]
async fn guide_sql_safe() {
    let (_folder, db) = open();
    add(&db, "alice").await;
    let name = "' OR '1'='1";
    assert!(query!("SELECT id FROM users WHERE username = {name}").optional(&db).await.unwrap().is_none());
    let name = "alice";
    assert!(query!("SELECT id FROM users WHERE username = {name}").optional(&db).await.unwrap().is_some());
}

#[tokio::test]
async fn what_is_stored_comes_back_byte_for_byte() {
    let (_folder, db) = open();
    for payload in PAYLOADS {
        let id = add(&db, payload).await;
        let row = query!("SELECT username FROM users WHERE id = {id} AND username = {payload}").one(&db).await.unwrap();
        assert_eq!(row.username, payload);
    }
    let count = query!(unchecked(n: i64), "SELECT count(*) AS n FROM users").one(&db).await.unwrap().n;
    assert_eq!(count, PAYLOADS.len() as i64);
}

#[tokio::test]
async fn the_wildcards_of_a_search_are_plain_characters() {
    let (_folder, db) = open();
    for name in ["100%", "1000", "a_b", "axb", "wow!", "Ada"] {
        add(&db, name).await;
    }
    let found = async |q: &str| {
        let rows =
            query!("SELECT username FROM users WHERE username LIKE {q: contains} ORDER BY id").all(&db).await.unwrap();
        rows.into_iter().map(|row| row.username).collect::<Vec<_>>()
    };
    assert_eq!(found("%").await, ["100%"]);
    assert_eq!(found("_").await, ["a_b"]);
    assert_eq!(found("!").await, ["wow!"]);
    assert_eq!(found("00").await, ["100%", "1000"]);
    assert_eq!(found("").await.len(), 6);
}

#[tokio::test]
async fn a_taken_name_is_recognised_by_its_column() {
    let (_folder, db) = open();
    add(&db, "ada").await;
    let name = "ADA";
    let error = query!("INSERT INTO users (username, email) VALUES ({name}, 'x')").execute(&db).await.unwrap_err();
    assert!(error.is_unique_violation("users.username"), "{error:?}");
    assert!(!error.is_unique_violation("users.email"));
}

async fn users(db: &Db) -> i64 {
    query!(unchecked(n: i64), "SELECT count(*) AS n FROM users").one(db).await.unwrap().n
}

#[tokio::test]
async fn a_transaction_happens_whole() {
    let (_folder, db) = open();
    let name = "ada".to_owned();
    let changed: Result<u64, Error> = db
        .tx(move |tx| {
            query!("INSERT INTO users (username, email) VALUES ({name}, 'x')").execute(tx)?;
            query!("UPDATE users SET age = 36 WHERE username = {name}").execute(tx)
        })
        .await;
    assert_eq!(changed.unwrap(), 1);
    assert_eq!(users(&db).await, 1);
}
