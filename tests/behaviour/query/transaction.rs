//! `db.tx`: what belongs together happens together, whatever ends the closure: an error, a panic, a caller that goes away at any await, the deadline.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use secure_forms::query::{Executor, Tx};
use tokio::time::timeout;

use super::*;

/// Longer than any machine takes, and a failure instead of a test that hangs.
const LONG: Duration = Duration::from_secs(60);

fn open_with(deadline: Duration) -> (TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let options = Db::options(folder.path().join("test.db")).transaction_deadline(deadline);
    let db = options.open(&SCHEMA).unwrap();
    (folder, db)
}

/// Runs on the database and in a transaction alike.
async fn insert(on: impl Executor, name: &str) -> Result<u64, Error> {
    query!("INSERT INTO users (username, email) VALUES ({name}, 'x')").execute(on).await
}

#[tokio::test]
async fn one_function_runs_on_the_database_and_in_a_transaction() {
    let (_folder, db) = open();
    insert(&db, "ada").await.unwrap();
    let name = String::from("grace");
    let seen = db
        .tx(async |tx| {
            insert(tx, &name).await?;
            let seen = query!("SELECT count(*) AS n FROM users").one(tx).await?.n;
            Ok::<_, Error>((seen, users(&db).await))
        })
        .await;
    assert_eq!(seen.unwrap(), (2, 1), "others do not see what is not committed");
    assert_eq!(users(&db).await, 2);
}

#[tokio::test]
async fn an_error_leaves_nothing() {
    let (_folder, db) = open();
    let failed: Result<(), Error> = db
        .tx(async |tx| {
            insert(tx, "ada").await?;
            insert(tx, "Ada").await?;
            Ok(())
        })
        .await;
    assert!(failed.unwrap_err().is_unique_violation("users.username"));
    assert_eq!(users(&db).await, 0);
}

#[tokio::test]
async fn a_panic_leaves_nothing_and_the_database_goes_on() {
    let (_folder, db) = open();
    let other = db.clone();
    let panicked = tokio::spawn(async move {
        let work = other.tx(async |tx| {
            insert(tx, "ada").await?;
            if users(&other).await == 0 {
                panic!("on purpose");
            }
            Ok::<_, Error>(())
        });
        work.await
    });
    assert!(panicked.await.unwrap_err().is_panic());
    timeout(LONG, insert(&db, "grace")).await.unwrap().unwrap();
    assert_eq!(users(&db).await, 1);
}

/// An insert, and another moment at which the caller can go away.
async fn insert_and_wait(tx: &Tx, name: &str) -> Result<(), Error> {
    insert(tx, name).await?;
    tokio::task::yield_now().await;
    Ok(())
}

/// Two inserts, a part with another two, and a fifth; `is_done` says that the closure gave its result.
async fn five(db: &Db, is_done: &AtomicBool) -> Result<(), Error> {
    db.tx(async |tx| {
        insert_and_wait(tx, "a").await?;
        insert_and_wait(tx, "b").await?;
        tx.savepoint(async |tx| {
            insert_and_wait(tx, "c").await?;
            insert_and_wait(tx, "d").await
        })
        .await?;
        insert_and_wait(tx, "e").await?;
        is_done.store(true, Ordering::Release);
        Ok(())
    })
    .await
}

/// Polls a future so many times and drops it; whether it was done.
async fn poll_times(times: usize, work: impl Future) -> bool {
    let mut work = pin!(work);
    let mut left = times;
    poll_fn(move |context| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        work.as_mut().poll(context).map(|_| true)
    })
    .await
}

/// Each await point of the transaction is one poll, at which it is given up; both where its statement has not ended yet and where it has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_that_is_given_up_at_any_await_leaves_nothing() {
    for pause in [Duration::ZERO, Duration::from_millis(2)] {
        for times in 0.. {
            let (_folder, db) = open();
            let is_done = AtomicBool::new(false);
            let work = async {
                let was_done = poll_times(times, five(&db, &is_done)).await;
                tokio::time::sleep(pause).await;
                was_done
            };
            let was_done = timeout(LONG, work).await.unwrap();
            let left = timeout(LONG, async {
                insert(&db, "next").await.unwrap();
                users(&db).await - 1
            })
            .await
            .expect("the writer is free again");
            match (was_done, is_done.load(Ordering::Acquire)) {
                (true, _) => assert_eq!(left, 5),
                // The commit was on its way: all or nothing.
                (false, true) => assert!(left == 0 || left == 5, "{left}"),
                (false, false) => assert_eq!(left, 0, "given up after {times} polls"),
            }
            if was_done {
                assert!(times > 5, "{times} polls passed by every await");
                break;
            }
        }
    }
}

#[tokio::test]
async fn the_deadline_ends_a_closure_that_waits_and_rolls_back() {
    let (_folder, db) = open_with(Duration::from_millis(50));
    let late: Result<(), Error> = timeout(
        LONG,
        db.tx(async |tx| {
            insert(tx, "ada").await?;
            std::future::pending::<()>().await;
            Ok(())
        }),
    )
    .await
    .unwrap();
    assert_eq!(late.unwrap_err().kind(), &ErrorKind::Deadline(Duration::from_millis(50)));
    assert_eq!(users(&db).await, 0);
    insert(&db, "grace").await.unwrap();
}

#[tokio::test]
async fn a_transaction_that_waits_for_itself_ends_at_its_deadline() {
    let (_folder, db) = open_with(Duration::from_millis(50));
    let inside = db.tx(async |tx| {
        insert(tx, "ada").await?;
        insert(&db, "grace").await
    });
    assert!(timeout(LONG, inside).await.unwrap().unwrap_err().is_deadline());
    let twice = db.tx(async |_| db.tx(async |tx| insert(tx, "ada").await).await);
    assert!(timeout(LONG, twice).await.unwrap().unwrap_err().is_deadline());
    assert_eq!(users(&db).await, 0);
}

#[test]
fn a_runtime_without_a_clock_keeps_the_deadline() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (_folder, db) = open_with(Duration::from_millis(50));
    let late = runtime.block_on(db.tx(async |_| {
        std::future::pending::<()>().await;
        Ok::<_, Error>(())
    }));
    assert!(late.unwrap_err().is_deadline());
}

#[tokio::test]
async fn a_part_fails_alone() {
    let (_folder, db) = open();
    let done: Result<(), Error> = db
        .tx(async |tx| {
            insert(tx, "ada").await?;
            let part: Result<u64, Error> = tx
                .savepoint(async |tx| {
                    insert(tx, "grace").await?;
                    let inner = tx.savepoint(async |tx| insert(tx, "alan").await).await;
                    assert_eq!(inner.unwrap(), 1);
                    insert(tx, "ada").await
                })
                .await;
            assert!(part.unwrap_err().is_unique_violation("users.username"));
            tx.savepoint(async |tx| insert(tx, "edsger").await).await?;
            Ok(())
        })
        .await;
    done.unwrap();
    let names = query!("SELECT username FROM users ORDER BY id").all(&db).await.unwrap();
    assert_eq!(names.iter().map(|row| row.username.as_str()).collect::<Vec<_>>(), ["ada", "edsger"]);
}

#[tokio::test]
async fn a_part_or_a_statement_that_was_given_up_takes_the_transaction_with_it() {
    let (_folder, db) = open();
    let part: Result<u64, Error> = db
        .tx(async |tx| {
            insert(tx, "ada").await?;
            let part = tx.savepoint(async |tx| {
                insert(tx, "grace").await?;
                std::future::pending::<Result<u64, Error>>().await
            });
            assert!(timeout(Duration::from_millis(50), part).await.is_err());
            insert(tx, "alan").await
        })
        .await;
    assert_eq!(part.unwrap_err().kind(), &ErrorKind::TransactionOver);
    let swallowed: Result<(), Error> = db
        .tx(async |tx| {
            insert(tx, "ada").await?;
            assert!(timeout(Duration::from_millis(50), stop::endless().one(tx)).await.is_err());
            Ok(())
        })
        .await;
    assert_eq!(swallowed.unwrap_err().kind(), &ErrorKind::TransactionOver);
    timeout(LONG, insert(&db, "next")).await.unwrap().unwrap();
    assert_eq!(users(&db).await, 1);
}

#[tokio::test]
async fn parts_that_cross_each_other_leave_nothing() {
    let (_folder, db) = open();
    let crossed: Result<(), Error> = db
        .tx(async |tx| {
            let (begun, has_begun) = tokio::sync::oneshot::channel::<()>();
            let (ended, has_ended) = tokio::sync::oneshot::channel::<()>();
            let first = async {
                let part = tx.savepoint(async |tx| {
                    insert(tx, "ada").await?;
                    let _ = has_begun.await;
                    insert(tx, "ada").await
                });
                assert!(part.await.is_err());
                let _ = ended.send(());
            };
            let second = tx.savepoint(async |tx| {
                insert(tx, "grace").await?;
                let _ = begun.send(());
                let _ = has_ended.await;
                Ok::<_, Error>(())
            });
            let _ = tokio::join!(first, second);
            Ok(())
        })
        .await;
    assert_eq!(crossed.unwrap_err().kind(), &ErrorKind::TransactionOver);
    timeout(LONG, insert(&db, "next")).await.unwrap().unwrap();
    assert_eq!(users(&db).await, 1);
}

#[tokio::test]
async fn a_statement_kept_for_later_does_not_run_after_its_transaction() {
    let (_folder, db) = open();
    let kept =
        db.tx(async |tx| Ok::<_, Error>(query!("INSERT INTO users (username, email) VALUES ('ada', 'x')").execute(tx)));
    let kept = kept.await.unwrap();
    assert_eq!(kept.await.unwrap_err().kind(), &ErrorKind::TransactionOver);
    insert(&db, "grace").await.unwrap();
    assert_eq!(users(&db).await, 1);
}

/// SQLite rolls the whole transaction back when it interrupts a write. What came after would be kept, each statement by itself.
#[test]
fn nothing_runs_after_a_write_that_rolled_the_transaction_back() {
    stop::run(async {
        let (_folder, db) = stop::open_for(Duration::from_millis(50));
        let n = 1_000_000_000_000_i64;
        let write = move || {
            query!(
                "INSERT INTO users (username, email)
                 WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < {n}) SELECT 'user' || x, 'x' FROM c"
            )
        };
        let now: Result<(), Error> = db
            .tx_now(move |tx| {
                assert!(write().execute(tx).unwrap_err().is_deadline());
                let next = query!("INSERT INTO users (username, email) VALUES ('ada', 'x')").execute(tx);
                assert_eq!(next.unwrap_err().kind(), &ErrorKind::TransactionOver);
                Ok(())
            })
            .await;
        assert_eq!(now.unwrap_err().kind(), &ErrorKind::TransactionOver);
        let later: Result<(), Error> = db
            .tx(async |tx| {
                assert!(write().execute(tx).await.unwrap_err().is_deadline());
                assert_eq!(insert(tx, "ada").await.unwrap_err().kind(), &ErrorKind::TransactionOver);
                Ok(())
            })
            .await;
        assert_eq!(later.unwrap_err().kind(), &ErrorKind::TransactionOver);
        assert_eq!(users(&db).await, 0);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn transactions_queue_and_lose_no_update() {
    let (_folder, db) = open();
    query!("INSERT INTO users (username, email, age) VALUES ('ada', 'x', 0)").execute(&db).await.unwrap();
    let inside = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (db, inside) = (db.clone(), Arc::clone(&inside));
            tokio::spawn(async move {
                db.tx(async |tx| {
                    assert_eq!(inside.fetch_add(1, Ordering::AcqRel), 0, "one at a time");
                    let age = query!("SELECT age FROM users WHERE username = 'ada'").one(tx).await?.age.unwrap_or(0);
                    tokio::task::yield_now().await;
                    // A reader is not kept waiting, and sees what was committed.
                    let outside = query!("SELECT age FROM users WHERE username = 'ada'").one(&db).await?.age;
                    assert_eq!(outside, Some(age));
                    let age = age + 1;
                    query!("UPDATE users SET age = {age} WHERE username = 'ada'").execute(tx).await?;
                    inside.fetch_sub(1, Ordering::AcqRel);
                    Ok::<_, Error>(())
                })
                .await
            })
        })
        .collect();
    for task in tasks {
        timeout(LONG, task).await.unwrap().unwrap().unwrap();
    }
    assert_eq!(query!("SELECT age FROM users").one(&db).await.unwrap().age, Some(20));
}

/// What a server on many threads asks of a handler's future; the closure borrows, and hands `tx` on.
#[tokio::test]
async fn a_handler_with_a_transaction_is_send() {
    async fn twice(tx: &Tx, name: &str) -> Result<u64, Error> {
        Ok(insert(tx, name).await? + tx.savepoint(async |tx| insert(tx, "grace").await).await?)
    }
    async fn handler(axum::extract::State(db): axum::extract::State<Db>) -> String {
        let name = String::from("ada");
        let done = db.tx(async |tx| twice(tx, &name).await).await;
        done.map_or_else(|error| error.to_string(), |count| count.to_string())
    }
    let (_folder, db) = open();
    let app: axum::Router = axum::Router::new().route("/", axum::routing::get(handler)).with_state(db.clone());
    let request = axum::http::Request::get("/").body(axum::body::Body::empty()).unwrap();
    let answer = tower::ServiceExt::oneshot(app, request).await.unwrap();
    assert_eq!(http_body_util::BodyExt::collect(answer.into_body()).await.unwrap().to_bytes(), "2");
    assert_eq!(users(&db).await, 2);
}
