//! A connection that comes back to the pool is as it was made, and the database holds nobody else's triggers.

use super::*;

/// A statement that `query!` refuses, written by hand.
macro_rules! by_hand {
    ($text:literal) => {{
        struct ByHand;
        impl Checked for ByHand {
            const TEXTS: &'static [Texts] = &[texts(&[$text])];
            const ACCESS: Access = Access::Write;
            type Params = ();
            type Row = ();
            fn row(_: &Columns<'_>) -> Result<(), Error> {
                Ok(())
            }
        }
        impl Writing for ByHand {}
        Stmt::<ByHand>::new(0, ())
    }};
}

#[tokio::test]
async fn a_statement_leaves_its_connection_as_it_was() {
    let (_folder, db) = open();
    add(&db, "ada").await;
    let refused = [
        by_hand!("PRAGMA foreign_keys = OFF").execute(&db).await,
        by_hand!("EXPLAIN PRAGMA foreign_keys = OFF").execute(&db).await,
        by_hand!("PRAGMA query_only = 1").execute(&db).await,
        by_hand!("BEGIN IMMEDIATE").execute(&db).await,
        by_hand!("COMMIT").execute(&db).await,
        by_hand!("SAVEPOINT x").execute(&db).await,
        by_hand!("CREATE TEMP TABLE users (id)").execute(&db).await,
        by_hand!("CREATE TEMP TRIGGER g AFTER INSERT ON users BEGIN DELETE FROM users; END").execute(&db).await,
        by_hand!("ATTACH ':memory:' AS x").execute(&db).await,
        by_hand!("DROP TABLE users").execute(&db).await,
        by_hand!("VACUUM").execute(&db).await,
        by_hand!("DELETE FROM secure_forms_migrations").execute(&db).await,
    ];
    for (at, refused) in refused.into_iter().enumerate() {
        let kind = refused.unwrap_err().kind().clone();
        assert!(
            kind == ErrorKind::NotAllowed || at == 10 && matches!(kind, ErrorKind::Driver { .. }),
            "{at}: {kind:?}"
        );
    }
    assert_eq!(users(&db).await, 1);
    let orphan = query!("INSERT INTO notes (author, body) VALUES (77, 'x')").execute(&db).await;
    assert_eq!(orphan.unwrap_err().kind(), &ErrorKind::ForeignKeyViolation);
    assert_eq!(query!("UPDATE users SET age = 36 WHERE username = 'ada'").execute(&db).await.unwrap(), 1);
    let inside: Result<(), Error> = db.tx_now(|tx| by_hand!("COMMIT").execute(tx).map(|_| ())).await;
    assert_eq!(inside.unwrap_err().kind(), &ErrorKind::NotAllowed);
}

#[tokio::test]
async fn a_connection_for_reading_stays_one() {
    struct Poison;
    impl Checked for Poison {
        const TEXTS: &'static [Texts] = &[texts(&["PRAGMA query_only = 0", "DELETE FROM users"])];
        const ACCESS: Access = Access::Read;
        type Params = ();
        type Row = ();
        fn row(_: &Columns<'_>) -> Result<(), Error> {
            Ok(())
        }
    }
    impl Writing for Poison {}
    let (_folder, db) = open();
    add(&db, "ada").await;
    for _ in 0..20 {
        assert_eq!(Stmt::<Poison>::new(0, ()).execute(&db).await.unwrap_err().kind(), &ErrorKind::NotAllowed);
        assert!(Stmt::<Poison>::new(1, ()).execute(&db).await.is_err());
    }
    assert_eq!(users(&db).await, 1);
}

#[tokio::test]
async fn executing_what_only_reads_is_an_error() {
    let (_folder, db) = open();
    let error = by_hand!("SELECT id FROM users").execute(&db).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::ReadsOnly);
    assert_eq!(query!("UPDATE users SET age = 1 WHERE username = 'nobody'").execute(&db).await.unwrap(), 0);
}

fn reopened_after(change: &str) -> Result<Db, Error> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    Db::open(&path, &other_versions::first()).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch(change).unwrap();
    Db::open(&path, &other_versions::first())
}

#[test]
fn what_others_put_into_the_database_is_passive() {
    for (change, what) in [
        (
            "CREATE TABLE theirs (x); CREATE TRIGGER g AFTER INSERT ON theirs BEGIN DELETE FROM a; END",
            "the trigger g of the table theirs is in none of the migrations",
        ),
        (
            "CREATE TABLE theirs (x); CREATE TRIGGER g AFTER INSERT ON theirs BEGIN SELECT 1; END",
            "the trigger g of the table theirs is in none of the migrations",
        ),
        (
            "CREATE VIEW theirs AS SELECT 1 AS x; CREATE TRIGGER g INSTEAD OF INSERT ON theirs BEGIN DELETE FROM a; END",
            "the trigger g of the table theirs is in none of the migrations",
        ),
        (
            "CREATE TABLE theirs (x INTEGER REFERENCES A (id))",
            "the table theirs refers to the table a and is in none of the migrations",
        ),
    ] {
        let refused = reopened_after(change).unwrap_err();
        assert!(refused.to_string().contains(what), "{refused}");
    }
    for change in [
        "CREATE TABLE theirs (x); CREATE INDEX i ON theirs (x)",
        "CREATE TABLE theirs (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES theirs (id))",
        "CREATE VIEW theirs AS SELECT id FROM a",
    ] {
        reopened_after(change).unwrap();
    }
}
