//! `query!` and `Db` on real SQLite files: what is bound stays data, what belongs together happens together.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::future::Future as _;

use secure_forms::query::{Access, Checked, Columns, Db, Dialect, Error, ErrorKind, Schema, Stmt, Texts, Writing};
use secure_forms::{EmailAddress, Secret};
use secure_forms::{query, query_as, schema};
use tempfile::TempDir;

#[path = "query/file.rs"]
mod file;
#[path = "query/hands_off.rs"]
mod hands_off;
#[path = "query/stop.rs"]
mod stop;
#[path = "query/transaction.rs"]
mod transaction;

static SCHEMA: Schema = schema!();

/// Texts that no macro has seen, for statements written by hand.
const fn texts(shapes: &'static [&'static str]) -> Texts {
    Texts { dialect: Dialect::Sqlite, schema: SCHEMA.hash(), shapes, parts: &[] }
}

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
    let count = query!("SELECT count(*) AS n FROM users").one(&db).await.unwrap().n;
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
    query!("SELECT count(*) AS n FROM users").one(db).await.unwrap().n
}

#[tokio::test]
async fn a_transaction_happens_whole() {
    let (_folder, db) = open();
    let name = "ada".to_owned();
    let changed: Result<u64, Error> = db
        .tx_now(move |tx| {
            query!("INSERT INTO users (username, email) VALUES ({name}, 'x')").execute(tx)?;
            query!("UPDATE users SET age = 36 WHERE username = {name}").execute(tx)
        })
        .await;
    assert_eq!(changed.unwrap(), 1);
    assert_eq!(users(&db).await, 1);
}

#[tokio::test]
async fn a_transaction_that_fails_leaves_nothing() {
    let (_folder, db) = open();
    let failed: Result<(), Error> = db
        .tx_now(|tx| {
            query!("INSERT INTO users (username, email) VALUES ('ada', 'x')").execute(tx)?;
            query!("INSERT INTO users (username, email) VALUES ('Ada', 'y')").execute(tx)?;
            Ok(())
        })
        .await;
    assert!(failed.unwrap_err().is_unique_violation("users.username"));
    assert_eq!(users(&db).await, 0);
}

#[tokio::test]
async fn an_error_of_the_application_rolls_back_too() {
    #[derive(Debug)]
    enum Refused {
        Query,
        TooYoung,
    }
    impl From<Error> for Refused {
        fn from(_: Error) -> Self {
            Self::Query
        }
    }
    let (_folder, db) = open();
    let failed: Result<(), Refused> = db
        .tx_now(|tx| {
            query!("INSERT INTO users (username, email) VALUES ('ada', 'x')").execute(tx)?;
            Err(Refused::TooYoung)
        })
        .await;
    assert!(matches!(failed, Err(Refused::TooYoung)));
    assert_eq!(users(&db).await, 0);
}

#[tokio::test]
async fn a_transaction_that_panics_leaves_nothing_and_the_database_goes_on() {
    let (_folder, db) = open();
    let other = db.clone();
    let panicked = tokio::spawn(async move {
        other
            .tx_now::<(), Error, _>(|tx| {
                query!("INSERT INTO users (username, email) VALUES ('ada', 'x')").execute(tx)?;
                panic!("on purpose");
            })
            .await
    });
    assert!(panicked.await.unwrap_err().is_panic());
    assert_eq!(users(&db).await, 0);
    add(&db, "grace").await;
    assert_eq!(users(&db).await, 1);
}

#[tokio::test]
async fn a_caller_that_goes_away_before_the_commit_gets_nothing_written() {
    let (_folder, db) = open();
    let (reached, waits) = tokio::sync::oneshot::channel();
    let (lets_go, goes_on) = std::sync::mpsc::channel::<()>();
    let other = db.clone();
    let task = tokio::spawn(async move {
        other
            .tx_now::<(), Error, _>(move |tx| {
                query!("INSERT INTO users (username, email) VALUES ('ada', 'x')").execute(tx)?;
                let _ = reached.send(());
                let _ = goes_on.recv();
                Ok(())
            })
            .await
    });
    waits.await.unwrap();
    task.abort();
    let _ = task.await;
    lets_go.send(()).unwrap();
    // The next write waits for the connection, and so for the end of the first.
    add(&db, "grace").await;
    assert_eq!(users(&db).await, 1);
}

#[tokio::test]
async fn a_savepoint_fails_alone() {
    let (_folder, db) = open();
    let done: Result<(), Error> = db
        .tx_now(|tx| {
            query!("INSERT INTO users (username, email) VALUES ('ada', 'x')").execute(tx)?;
            let inner: Result<(), Error> = tx.savepoint(|tx| {
                query!("INSERT INTO users (username, email) VALUES ('grace', 'x')").execute(tx)?;
                query!("INSERT INTO users (username, email) VALUES ('ada', 'x')").execute(tx)?;
                Ok(())
            });
            assert!(inner.is_err());
            Ok(())
        })
        .await;
    done.unwrap();
    let names = query!("SELECT username FROM users").all(&db).await.unwrap();
    assert_eq!(names.len(), 1);
    assert_eq!(names[0].username, "ada");
}

#[tokio::test]
async fn every_constraint_has_its_kind() {
    let (_folder, db) = open();
    let id = add(&db, "ada").await;
    let age = 200;
    let checked = query!("UPDATE users SET age = {age} WHERE id = {id}").execute(&db).await.unwrap_err();
    assert!(matches!(checked.kind(), ErrorKind::CheckViolation(_)), "{checked:?}");
    let stranger = 99;
    let foreign = query!("INSERT INTO notes (author, body) VALUES ({stranger}, 'x')").execute(&db).await.unwrap_err();
    assert_eq!(foreign.kind(), &ErrorKind::ForeignKeyViolation);
    let note = async || query!("INSERT INTO notes (author, body, key) VALUES ({id}, 'x', 'k')").execute(&db).await;
    assert_eq!(note().await.unwrap(), 1);
    assert!(note().await.unwrap_err().is_unique_violation("notes_key"));
}

#[tokio::test]
async fn one_and_optional_count_their_rows() {
    let (_folder, db) = open();
    let find = |name: &str| query!("SELECT id FROM users WHERE username LIKE {name: prefix}");
    assert!(find("a").one(&db).await.unwrap_err().is_not_found());
    assert!(find("a").optional(&db).await.unwrap().is_none());
    add(&db, "ada").await;
    assert!(find("a").one(&db).await.is_ok());
    add(&db, "alan").await;
    assert_eq!(find("a").one(&db).await.unwrap_err().kind(), &ErrorKind::TooManyRows);
    assert_eq!(find("a").optional(&db).await.unwrap_err().kind(), &ErrorKind::TooManyRows);
}

#[tokio::test]
async fn a_write_that_returns_too_many_rows_is_undone() {
    let (_folder, db) = open();
    add(&db, "ada").await;
    add(&db, "alan").await;
    let two = query!("UPDATE users SET age = 1 WHERE username LIKE 'a%' RETURNING id").one(&db).await;
    assert_eq!(two.unwrap_err().kind(), &ErrorKind::TooManyRows);
    assert!(query!("SELECT id FROM users WHERE age = 1").all(&db).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_list_may_hold_none_one_and_many() {
    let (_folder, db) = open();
    for name in ["a", "b", "c"] {
        add(&db, name).await;
    }
    let among = async |ids: &[i64]| query!("SELECT id FROM users WHERE id IN {ids..}").all(&db).await.unwrap().len();
    let besides =
        async |ids: &[i64]| query!("SELECT id FROM users WHERE id NOT IN ({ids..})").all(&db).await.unwrap().len();
    let many: Vec<i64> = (2..=501).collect();
    assert_eq!([among(&[]).await, among(&[1]).await, among(&[1, 3, 9]).await, among(&many).await], [0, 1, 2, 2]);
    assert_eq!([besides(&[]).await, besides(&[1]).await, besides(&many).await], [3, 2, 1]);
    let names = ["a\0b".to_owned(), "b'); DROP TABLE users; --".to_owned()];
    let found = query!("SELECT id FROM users WHERE username IN {names..}").all(&db).await.unwrap();
    assert!(found.is_empty(), "a list member is compared whole");
}

#[tokio::test]
async fn optional_parts_and_choices_change_the_statement() {
    enum Sort {
        Name,
        Newest,
    }
    let (_folder, db) = open();
    for (name, age) in [("ada", Some(36)), ("grace", Some(85)), ("alan", None)] {
        let id = add(&db, name).await;
        query!("UPDATE users SET age = {age} WHERE id = {id}").execute(&db).await.unwrap();
    }
    let search = async |q: Option<&str>, min: Option<i64>, sort: Sort| {
        let found = query!(
            "SELECT username FROM users WHERE id > 0 [AND username LIKE {q: prefix?}] [AND age >= {min?}]
             ORDER BY {sort: Sort::Name => username | Sort::Newest => id DESC}"
        );
        found.all(&db).await.unwrap().into_iter().map(|row| row.username).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(search(None, None, Sort::Name).await, "ada alan grace");
    assert_eq!(search(None, None, Sort::Newest).await, "alan grace ada");
    assert_eq!(search(Some("a"), None, Sort::Newest).await, "alan ada");
    assert_eq!(search(Some("a"), Some(18), Sort::Name).await, "ada");
    assert_eq!(search(None, Some(40), Sort::Name).await, "grace");
}

#[tokio::test]
async fn sixty_four_statements_of_one_template_each_do_their_own() {
    let (_folder, db) = open();
    add(&db, "ada").await;
    for bits in 0..64u32 {
        let pick = |bit: u32, value: i64| (bits & (1 << bit) != 0).then_some(value);
        let (a, b, c, d, e, f) = (pick(0, 1), pick(1, 1), pick(2, 0), pick(3, 2), pick(4, 0), pick(5, 2));
        let query = query!(
            "SELECT id FROM users WHERE 1 = 1 [AND id = {a?}] [AND id >= {b?}] [AND id > {c?}] [AND id < {d?}] [AND id <> {e?}] [AND id <> {f?}]"
        );
        let text = query.text(Dialect::Sqlite).unwrap();
        assert_eq!(text.matches("AND").count(), bits.count_ones() as usize, "{text}");
        assert_eq!(query.all(&db).await.unwrap().len(), 1, "{text}");
    }
}

#[tokio::test]
async fn an_update_sets_what_is_there() {
    let (_folder, db) = open();
    let id = add(&db, "ada").await;
    let set = async |age: Option<i64>, email: Option<&str>| {
        let query = query!("UPDATE users SET score = score + 1[, age = {age?}][, email = {email?}] WHERE id = {id}");
        assert_eq!(query.execute(&db).await.unwrap(), 1);
        let row = query!("SELECT age, email, score FROM users WHERE id = {id}").one(&db).await.unwrap();
        (row.age, row.email, row.score)
    };
    assert_eq!(set(None, None).await, (None, "ada@example.org".to_owned(), 1.0));
    assert_eq!(set(Some(36), None).await, (Some(36), "ada@example.org".to_owned(), 2.0));
    assert_eq!(set(None, Some("a@b.example")).await, (Some(36), "a@b.example".to_owned(), 3.0));
    assert_eq!(set(Some(37), Some("c@d.example")).await, (Some(37), "c@d.example".to_owned(), 4.0));
}

/// Parts that are joined at run time and parts that are enumerated (a join, an order), in one statement.
#[tokio::test]
async fn independent_and_enumerated_parts_find_the_same_rows_as_their_conditions() {
    let (_folder, db) = open();
    for (name, age) in [("ada", 36), ("grace", 45), ("alan", 41)] {
        let id = add(&db, name).await;
        query!("UPDATE users SET age = {age} WHERE id = {id}").execute(&db).await.unwrap();
        let body = format!("by {name}");
        query!("INSERT INTO notes (author, body) VALUES ({id}, {body})").execute(&db).await.unwrap();
    }
    for bits in 0..16u32 {
        let there = |bit: u32| bits & (1 << bit) != 0;
        let (note, prefix, min) = (there(0).then_some("%a%"), there(1).then_some("a"), there(2).then_some(40));
        let ids: Option<&[i64]> = there(3).then_some(&[1, 3]);
        let rows = query!(
            "SELECT users.id, username FROM users [JOIN notes ON author = users.id AND body LIKE {note: pattern?}] WHERE users.id > 0
             [AND username LIKE {prefix: prefix?}] [AND age >= {min?}] [AND users.id IN {ids..?}]
             ORDER BY {bits > 7: true => users.id | false => users.id DESC} LIMIT {5: max 5}"
        );
        let mut found: Vec<_> = rows.all(&db).await.unwrap().into_iter().map(|row| row.id).collect();
        assert!(found.is_sorted_by(|a, b| if bits > 7 { a < b } else { a > b }), "{bits}: {found:?}");
        found.sort_unstable();
        let expected: Vec<i64> = [1, 2, 3]
            .into_iter()
            .filter(|id| (!there(1) || *id != 2) && (!there(2) || *id != 1) && (!there(3) || *id != 2))
            .collect();
        assert_eq!(found, expected, "{bits}");
    }
}

#[tokio::test]
async fn parts_of_a_statement_written_by_hand_lie_in_its_text() {
    struct ByHand;
    impl Checked for ByHand {
        const TEXTS: &'static [Texts] =
            &[Texts { parts: &[&[(30, 42), (80, 90)]], ..texts(&["DELETE FROM users WHERE id = 1 AND age = 2"]) }];
        const ACCESS: Access = Access::Write;
        type Params = ();
        type Row = ();
        fn row(_: &Columns<'_>) -> Result<(), Error> {
            Ok(())
        }
    }
    impl Writing for ByHand {}
    let (_folder, db) = open();
    add(&db, "ada").await;
    let text = |present| Stmt::<ByHand>::with_parts(0, present, ()).text(Dialect::Sqlite);
    assert_eq!(text(3).as_deref(), Some(ByHand::TEXTS[0].shapes[0]));
    assert_eq!(text(2).as_deref(), Some("DELETE FROM users WHERE id = 1"));
    assert_eq!(text(1), None);
    let failed = Stmt::<ByHand>::with_parts(0, 1, ()).execute(&db).await.unwrap_err();
    assert!(matches!(failed.kind(), ErrorKind::Configuration(_)));
    assert_eq!(Stmt::<ByHand>::with_parts(0, 2, ()).execute(&db).await.unwrap(), 1);
}

#[tokio::test]
async fn limits_and_pages_are_kept_in_their_range() {
    let (_folder, db) = open();
    for at in 0..25 {
        add(&db, &format!("user{at}")).await;
    }
    let rows = async |n: i64, skip: i64| {
        let query = query!("SELECT id FROM users ORDER BY id LIMIT {n: max 20} OFFSET {skip}");
        query.all(&db).await.map(|rows| rows.len())
    };
    assert_eq!([rows(0, 0).await.unwrap(), rows(20, 0).await.unwrap(), rows(20, 20).await.unwrap()], [0, 20, 5]);
    for (n, skip) in [(-1, 0), (21, 0), (i64::MAX, 0), (1, -1)] {
        assert!(matches!(rows(n, skip).await.unwrap_err().kind(), ErrorKind::OutOfRange(_)), "{n} {skip}");
    }
    let page = async |page: u64| {
        let rows = query!("SELECT id FROM users ORDER BY id LIMIT 10 OFFSET {page: page 10}").all(&db).await?;
        Ok::<_, Error>(rows.first().map(|row| row.id))
    };
    assert_eq!([page(1).await.unwrap(), page(3).await.unwrap(), page(4).await.unwrap()], [Some(1), Some(21), None]);
    for wrong in [0, u64::MAX, i64::MAX as u64] {
        assert!(matches!(page(wrong).await.unwrap_err().kind(), ErrorKind::OutOfRange(_)), "{wrong}");
    }
}

#[tokio::test]
async fn a_search_text_is_short() {
    let (_folder, db) = open();
    let find = |q: String| query!("SELECT id FROM users WHERE username LIKE {q: contains}");
    for wild in ["x", "%", "é"] {
        assert!(find(wild.repeat(128 / wild.len())).all(&db).await.is_ok());
        assert!(matches!(find(wild.repeat(129)).all(&db).await.unwrap_err().kind(), ErrorKind::OutOfRange(_)));
    }
    let fits = |q: String| query!("SELECT id FROM users WHERE username LIKE {q: pattern}");
    assert!(fits("%".repeat(128)).all(&db).await.is_ok());
    assert!(matches!(fits("%".repeat(129)).all(&db).await.unwrap_err().kind(), ErrorKind::OutOfRange(_)));
}

#[tokio::test]
async fn a_text_that_is_looked_for_is_short() {
    let (_folder, db) = open();
    let replace = |what: String| query!("SELECT replace(username, lower({what}), 'x') AS n FROM users");
    assert!(replace("x".repeat(4096)).all(&db).await.is_ok());
    assert!(matches!(replace("x".repeat(4097)).all(&db).await.unwrap_err().kind(), ErrorKind::OutOfRange(_)));
}

#[tokio::test]
async fn a_password_hash_is_read_as_a_secret() {
    #[derive(Debug)]
    struct Row {
        username: Secret,
        key: Option<Secret>,
    }
    let (_folder, db) = open();
    add(&db, "hunter2").await;
    let row = query_as!(Row, "SELECT username, NULLIF(email, 'x') AS key FROM users").one(&db).await.unwrap();
    assert_eq!(row.username.expose(), "hunter2");
    assert!(!format!("{row:?}").contains("hunter2"));
    assert_eq!(row.key.unwrap().expose(), "hunter2@example.org");
    let secret = row.username;
    let found = query!("SELECT id FROM users WHERE username = {secret.expose()}").optional(&db).await.unwrap();
    assert!(found.is_some());
}

#[tokio::test]
async fn values_of_every_type_go_in_and_come_out() {
    #[derive(Debug, PartialEq)]
    struct User {
        username: String,
        age: Option<u8>,
        admin: bool,
        score: f64,
        avatar: Option<Vec<u8>>,
    }
    let (_folder, db) = open();
    let user = User { username: "ada".into(), age: Some(36), admin: true, score: 0.1, avatar: Some(vec![0, 255]) };
    query!(
        "INSERT INTO users (username, email, age, admin, score, avatar)
         VALUES ({user.username}, 'x', {user.age}, {user.admin}, {user.score}, {user.avatar})"
    )
    .execute(&db)
    .await
    .unwrap();
    let read = query_as!(User, "SELECT username, age, admin, score, avatar FROM users").one(&db).await.unwrap();
    assert_eq!(read, user);
    let nan = query!("UPDATE users SET score = {f64::NAN} WHERE username = 'ada'").execute(&db).await;
    assert!(matches!(nan.unwrap_err().kind(), ErrorKind::OutOfRange(_)));
}

#[tokio::test]
async fn an_error_and_a_statement_show_no_value() {
    let (_folder, db) = open();
    let secret = "hunter2";
    add(&db, secret).await;
    let query = query!("INSERT INTO users (username, email) VALUES ({secret}, {secret})");
    assert!(!format!("{query:?}").contains(secret));
    let error = query.execute(&db).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains(secret));
}

#[tokio::test]
async fn a_thousand_tasks_share_the_database() {
    let (_folder, db) = open();
    let tasks: Vec<_> = (0..1000)
        .map(|at| {
            let db = db.clone();
            tokio::spawn(async move {
                if at % 4 == 0 {
                    add(&db, &format!("user{at}")).await;
                } else {
                    query!("SELECT id FROM users LIMIT 5").all(&db).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(users(&db).await, 250);
}

/// What calls itself a read runs where nothing can be written, also when it was written by hand.
#[tokio::test]
async fn a_connection_for_reading_cannot_write() {
    struct Liar;
    impl Checked for Liar {
        const TEXTS: &'static [Texts] = &[texts(&["DELETE FROM users"])];
        const ACCESS: Access = Access::Read;
        type Params = ();
        type Row = ();
        fn row(_: &Columns<'_>) -> Result<(), Error> {
            Ok(())
        }
    }
    struct Honest;
    impl Checked for Honest {
        const ACCESS: Access = Access::Write;
        const TEXTS: &'static [Texts] = Liar::TEXTS;
        type Params = ();
        type Row = ();
        fn row(_: &Columns<'_>) -> Result<(), Error> {
            Ok(())
        }
    }
    impl Writing for Liar {}
    impl Writing for Honest {}
    let (_folder, db) = open();
    add(&db, "ada").await;
    assert!(matches!(Stmt::<Liar>::new(0, ()).execute(&db).await.unwrap_err().kind(), ErrorKind::Driver { .. }));
    assert_eq!(users(&db).await, 1);
    assert_eq!(Stmt::<Honest>::new(0, ()).execute(&db).await.unwrap(), 1);
    assert!(Stmt::<Honest>::new(1, ()).execute(&db).await.is_err());
}

#[tokio::test]
async fn an_address_and_a_uuid_are_stored_as_text() {
    let (_folder, db) = open();
    let email: EmailAddress = "Ada@example.org".parse().unwrap();
    let key = uuid::Uuid::from_u128(7);
    query!("INSERT INTO users (username, email) VALUES ({key}, {email})").execute(&db).await.unwrap();
    #[derive(Debug)]
    struct Row {
        username: uuid::Uuid,
        email: EmailAddress,
    }
    let row = query_as!(Row, "SELECT username, email FROM users").one(&db).await.unwrap();
    assert_eq!((row.username, row.email.as_str()), (key, "Ada@example.org"));
}

/// Migrations as a program of another version has them.
mod other_versions {
    use secure_forms::query::{Migrations, Schema};

    macro_rules! version {
        ($name:ident, $($file:literal => $text:literal),*) => {
            pub(super) fn $name() -> Schema {
                struct Version;
                impl Migrations for Version {
                    const FILES: &'static [(&'static str, &'static str)] = &[$(($file, $text)),*];
                    const HASH: u64 = 1;
                }
                Schema::of::<Version>()
            }
        };
    }

    version!(first, "1.sql" => "CREATE TABLE a (id INTEGER PRIMARY KEY);");
    version!(second, "1.sql" => "CREATE TABLE a (id INTEGER PRIMARY KEY);", "2.sql" => "ALTER TABLE a ADD COLUMN name TEXT;");
    version!(windows, "1.sql" => "CREATE TABLE a (id INTEGER PRIMARY KEY);", "2.sql" => "ALTER TABLE a\r\nADD COLUMN name TEXT;");
    version!(edited, "1.sql" => "CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT);");
    version!(overtaken, "0.sql" => "CREATE TABLE b (id INTEGER);", "1.sql" => "CREATE TABLE a (id INTEGER PRIMARY KEY);");
    version!(failing, "1.sql" => "CREATE TABLE a (id INTEGER PRIMARY KEY);", "2.sql" => "CREATE TABLE b (id INTEGER); CREATE TABLE a (id);");
    version!(committing, "1.sql" => "CREATE TABLE c (id INTEGER); COMMIT;");
}

#[test]
fn a_newer_program_migrates_and_an_older_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    Db::open(&path, &other_versions::first()).unwrap();
    Db::open(&path, &other_versions::first()).unwrap();
    Db::open(&path, &other_versions::second()).unwrap();
    let older = Db::open(&path, &other_versions::first()).unwrap_err();
    assert!(older.to_string().contains("2.sql, which this program does not know"), "{older}");
}

#[test]
fn an_edited_migration_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    Db::open(&path, &other_versions::first()).unwrap();
    let edited = Db::open(&path, &other_versions::edited()).unwrap_err();
    assert!(edited.to_string().contains("1.sql was edited"), "{edited}");
    let overtaken = Db::open(&path, &other_versions::overtaken()).unwrap_err();
    assert!(overtaken.to_string().contains("0.sql comes before 1.sql"), "{overtaken}");
}

#[test]
fn a_migration_that_fails_leaves_the_database_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    Db::open(&path, &other_versions::first()).unwrap();
    assert!(Db::open(&path, &other_versions::failing()).is_err());
    Db::open(&path, &other_versions::second()).unwrap();
}

#[test]
fn a_migration_that_ends_the_transaction_is_refused() {
    let refused = Db::in_memory(&other_versions::committing()).unwrap_err();
    assert!(refused.to_string().contains("1.sql ends the transaction"), "{refused}");
}

#[test]
fn a_schema_that_was_changed_by_hand_is_refused() {
    for (change, what) in [
        ("ALTER TABLE a ADD COLUMN x", "the table a is not what the migrations make of it"),
        ("DROP TABLE a", "the table a is missing"),
        (
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END",
            "the trigger t of the table a is in none of the migrations",
        ),
        ("CREATE INDEX i ON a (id)", "the index i of the table a is in none of the migrations"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.db");
        Db::open(&path, &other_versions::first()).unwrap();
        rusqlite::Connection::open(&path).unwrap().execute_batch(change).unwrap();
        let refused = Db::open(&path, &other_versions::first()).unwrap_err();
        assert!(refused.to_string().contains(what), "{refused}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    Db::open(&path, &other_versions::first()).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE somebody_elses (x)").unwrap();
    Db::open(&path, &other_versions::first()).unwrap();
}

#[tokio::test]
async fn a_statement_of_another_schema_does_not_run() {
    let db = Db::in_memory(&other_versions::first()).unwrap();
    let refused = query!("SELECT id FROM users").all(&db).await.unwrap_err();
    assert_eq!(refused.kind(), &ErrorKind::OtherSchema);
}

#[test]
fn line_ends_of_a_checkout_do_not_count() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    Db::open(&path, &other_versions::windows()).unwrap();
    Db::open(&path, &other_versions::windows()).unwrap();
}

#[test]
fn a_name_that_sqlite_reads_in_its_own_way_is_refused() {
    assert!(matches!(Db::open(":memory:", &SCHEMA).unwrap_err().kind(), ErrorKind::Configuration(_)));
    assert!(matches!(Db::open("", &SCHEMA).unwrap_err().kind(), ErrorKind::Configuration(_)));
}

#[cfg(unix)]
#[test]
fn a_new_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let (folder, _db) = open();
    let mode = std::fs::metadata(folder.path().join("test.db")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn without_a_runtime_a_query_is_an_error_and_no_panic() {
    let (_folder, db) = open();
    let mut pending = std::pin::pin!(query!("SELECT id FROM users").all(&db));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = pending.as_mut().poll(&mut context) else { panic!("it waits") };
    assert!(matches!(error.kind(), ErrorKind::Configuration(_)));
}
