//! What stops a statement: its deadline, and a caller that goes away. No test measures time: the bounds are for what would never end.

use std::future::Future;
use std::time::Duration;

use secure_forms::query::Returning;
use tokio::runtime::Builder;
use tokio::time::timeout;

use super::*;

/// Longer than any machine takes to stop a statement, and far shorter than the statement.
const NEVER: Duration = Duration::from_secs(30);

/// Takes days.
pub(super) fn endless() -> Stmt<impl Returning<Row: Send>> {
    let n = 1_000_000_000_000_i64;
    query!("WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < {n}) SELECT count(*) AS n FROM c")
}

pub(super) fn open_for(deadline: Duration) -> (TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let options = Db::options(folder.path().join("test.db")).readers(1).deadline(deadline);
    let db = options.open(&SCHEMA).unwrap();
    (folder, db)
}

/// A runtime that does not wait for threads that hang, so that a test whose statement goes on fails instead.
pub(super) fn run(test: impl Future<Output = ()> + Send + 'static) {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let test = runtime.spawn(test);
    let done = runtime.block_on(async { timeout(2 * NEVER, test).await });
    runtime.shutdown_background();
    done.expect("the test ends").unwrap();
}

#[test]
fn a_request_that_was_given_up_frees_its_reader() {
    run(async {
        let (_folder, db) = open_for(Duration::MAX);
        for _ in 0..3 {
            assert!(timeout(Duration::from_millis(50), endless().one(&db)).await.is_err());
            let other = query!("SELECT count(*) AS n FROM users").one(&db);
            assert_eq!(timeout(NEVER, other).await.expect("the only reader is free").unwrap().n, 0);
        }
    });
}

#[test]
fn a_statement_ends_at_its_deadline_and_says_so() {
    run(async {
        let (_folder, db) = open_for(Duration::from_millis(50));
        let error = timeout(NEVER, endless().one(&db)).await.unwrap().map(|_| ()).unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::Deadline(Duration::from_millis(50)));
        assert!(error.is_deadline() && error.to_string().contains("DbOptions::deadline"), "{error}");
        assert_eq!(users(&db).await, 0);
    });
}

#[test]
fn a_write_that_was_stopped_changed_nothing() {
    run(async {
        let (_folder, db) = open_for(Duration::from_millis(50));
        let n = 1_000_000_000_000_i64;
        let write = query!(
            "INSERT INTO users (username, email)
             WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < {n}) SELECT 'user' || x, 'x' FROM c"
        );
        assert!(timeout(NEVER, write.execute(&db)).await.unwrap().unwrap_err().is_deadline());
        assert_eq!(users(&db).await, 0);
        add(&db, "ada").await;
        assert_eq!(users(&db).await, 1);
    });
}

#[test]
fn a_transaction_that_was_given_up_stops_and_leaves_nothing() {
    run(async {
        let (_folder, db) = open_for(Duration::MAX);
        let work = db.tx_now(|tx| {
            query!("INSERT INTO users (username, email) VALUES ('ada', 'x')").execute(tx)?;
            endless().one(tx).map(|_| ())
        });
        assert!(timeout(Duration::from_millis(50), work).await.is_err());
        timeout(NEVER, add(&db, "grace")).await.expect("the writer is free");
        assert_eq!(users(&db).await, 1);
    });
}

#[test]
fn the_next_statement_of_a_transaction_that_was_given_up_does_not_run() {
    run(async {
        let (_folder, db) = open_for(Duration::MAX);
        let (told, hears) = std::sync::mpsc::channel();
        let (goes, waits) = std::sync::mpsc::channel::<()>();
        let work = db.tx_now(move |tx| {
            waits.recv().unwrap();
            let result = query!("INSERT INTO users (username, email) VALUES ('ada', 'x')").execute(tx);
            told.send(result.as_ref().map(|_| ()).map_err(|error| error.kind().clone())).unwrap();
            result
        });
        assert!(timeout(Duration::from_millis(50), work).await.is_err());
        goes.send(()).unwrap();
        assert_eq!(hears.recv_timeout(NEVER).unwrap(), Err(ErrorKind::Abandoned));
    });
}

#[test]
fn each_statement_of_a_transaction_has_a_deadline() {
    run(async {
        let (_folder, db) = open_for(Duration::from_millis(50));
        let work = db.tx_now(|tx| {
            query!("INSERT INTO users (username, email) VALUES ('ada', 'x')").execute(tx)?;
            endless().one(tx).map(|_| ())
        });
        assert!(timeout(NEVER, work).await.unwrap().unwrap_err().is_deadline());
        assert_eq!(users(&db).await, 0);
    });
}

#[tokio::test]
async fn a_value_is_not_larger_than_the_connection_allows() {
    let (_folder, db) = open();
    let zeros = |n: i64| query!("SELECT length(zeroblob({n: max 100_000_000})) AS n");
    assert_eq!(zeros(1 << 20).one(&db).await.unwrap().n, Some(1 << 20));
    assert!(matches!(zeros(65 << 20).one(&db).await.map(|_| ()).unwrap_err().kind(), ErrorKind::Driver { .. }));
    assert!(matches!(zeros(100_000_001).one(&db).await.map(|_| ()).unwrap_err().kind(), ErrorKind::OutOfRange(_)));
    assert!(matches!(zeros(-1).one(&db).await.map(|_| ()).unwrap_err().kind(), ErrorKind::OutOfRange(_)));
}
