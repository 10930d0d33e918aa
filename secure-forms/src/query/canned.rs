//! A second driver, of a second dialect, that answers from memory: what the parts of this room that know no database are tested with. Their tests
//! are here too.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::bound::bind;
use super::checked::{Access, Checked, Dialect, Texts};
use super::columns::{Columns, Row};
use super::driver::{Call, Collect, Driver, DriverTransaction, Step};
use super::error::{Error, ErrorKind};
use super::executor::sealed::{Later, Run};
use super::executor::{Executor, Pending};
use super::statement::{Returning, Stmt, Writing};
use super::transaction;
use super::value::{BigInt, Text, Value};

/// What it was asked, in order.
type Log = Arc<Mutex<Vec<String>>>;

/// Answers every statement with the same rows.
#[derive(Clone, Default)]
struct Canned {
    rows: Vec<Vec<Value>>,
    log: Log,
}

struct CannedRow<'r>(&'r [Value]);

impl Row for CannedRow<'_> {
    fn value(&self, index: usize) -> Option<Value> {
        self.0.get(index).cloned()
    }
}

impl Canned {
    fn answer<C: Collect>(&self, call: Call<C>) -> Result<C::Output, Error> {
        let Call { text, values, mut collect, .. } = call;
        self.log.lock().unwrap().push(format!("{} {}", text.join()?, values.len()));
        for row in &self.rows {
            collect.row(&Columns::of(&CannedRow(row)))?;
        }
        collect.end(7)
    }

    fn logged(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }
}

impl Driver for Canned {
    type Transaction = Self;

    async fn call<C: Collect>(&self, call: Call<C>) -> Result<C::Output, Error> {
        self.answer(call)
    }

    async fn begin(&self) -> Result<Self, Error> {
        self.log.lock().unwrap().push("begin".into());
        Ok(self.clone())
    }

    fn transaction_deadline(&self) -> Duration {
        Duration::from_millis(20)
    }
}

impl DriverTransaction for Canned {
    const DIALECT: Dialect = Dialect::Canned;

    async fn call<C: Collect>(&mut self, call: Call<C>) -> Result<C::Output, Error> {
        self.answer(call)
    }

    async fn step(&mut self, step: Step) -> Result<(), Error> {
        self.log.lock().unwrap().push(format!("{step:?}"));
        Ok(())
    }
}

impl Run for &Canned {
    const DIALECT: Dialect = Dialect::Canned;

    type Mode = Later;

    fn run<C: Collect>(self, call: Result<Call<C>, Error>) -> Pending<C::Output> {
        let canned = self.clone();
        Pending::new(async move { Driver::call(&canned, call?).await })
    }
}

/// A statement in both dialects.
struct Both;

impl Checked for Both {
    const TEXTS: &'static [Texts] = &[
        Texts { dialect: Dialect::Sqlite, schema: 1, shapes: &["SELECT id FROM users WHERE name = ?1"], parts: &[] },
        Texts { dialect: Dialect::Canned, schema: 2, shapes: &["SELECT id FROM users WHERE name = $1"], parts: &[] },
    ];
    const ACCESS: Access = Access::Write;
    type Params = (Text, ());
    type Row = i64;

    fn row(columns: &Columns<'_>) -> Result<i64, Error> {
        columns.required::<BigInt, _>(0, "id")
    }
}

impl Returning for Both {}
impl Writing for Both {}

fn both() -> Stmt<Both> {
    Stmt::new(0, (bind("ada"), ()))
}

/// One that no other dialect has.
struct SqliteAlone;

impl Checked for SqliteAlone {
    const TEXTS: &'static [Texts] =
        &[Texts { dialect: Dialect::Sqlite, schema: 1, shapes: &["DELETE FROM users"], parts: &[] }];
    const ACCESS: Access = Access::Write;
    type Params = ();
    type Row = ();

    fn row(_: &Columns<'_>) -> Result<(), Error> {
        Ok(())
    }
}

impl Writing for SqliteAlone {}

fn with_rows(rows: &[i64]) -> Canned {
    Canned { rows: rows.iter().map(|id| vec![Value::Integer(*id)]).collect(), log: Log::default() }
}

#[tokio::test]
async fn each_dialect_gets_its_own_text() {
    let canned = with_rows(&[3]);
    assert_eq!(both().one(&canned).await.unwrap(), 3);
    assert_eq!(canned.logged(), ["SELECT id FROM users WHERE name = $1 1"]);
    assert_eq!(both().text(Dialect::Sqlite).as_deref(), Some("SELECT id FROM users WHERE name = ?1"));
}

#[tokio::test]
async fn what_has_no_text_in_a_dialect_does_not_run_there() {
    let canned = Canned::default();
    let refused = Stmt::<SqliteAlone>::new(0, ()).execute(&canned).await.unwrap_err();
    assert!(matches!(refused.kind(), ErrorKind::Configuration(_)), "{refused:?}");
    let no_shape = Stmt::<Both>::new(1, (bind("ada"), ())).execute(&canned).await.unwrap_err();
    assert!(matches!(no_shape.kind(), ErrorKind::Configuration(_)), "{no_shape:?}");
    assert_eq!(canned.logged(), [""; 0]);
}

#[tokio::test]
async fn rows_of_any_driver_are_counted_and_read_alike() {
    let (none, one, two) = (with_rows(&[]), with_rows(&[1]), with_rows(&[1, 2]));
    assert!(both().one(&none).await.unwrap_err().is_not_found());
    assert_eq!(both().optional(&none).await.unwrap(), None);
    assert_eq!(both().optional(&one).await.unwrap(), Some(1));
    assert_eq!(both().one(&two).await.unwrap_err().kind(), &ErrorKind::TooManyRows);
    assert_eq!(both().all(&two).await.unwrap(), [1, 2]);
    assert_eq!(both().execute(&two).await.unwrap(), 7);
    let text = Canned { rows: vec![vec![Value::Text("x".into())]], log: Log::default() };
    assert_eq!(both().one(&text).await.unwrap_err().kind(), &ErrorKind::UnexpectedValue("id"));
    let empty = Canned { rows: vec![vec![]], log: Log::default() };
    assert_eq!(both().one(&empty).await.unwrap_err().kind(), &ErrorKind::UnexpectedValue("id"));
}

async fn twice(on: impl Executor + Copy) -> Result<i64, Error> {
    Ok(both().one(on).await? + both().one(on).await?)
}

#[tokio::test]
async fn a_transaction_has_one_shape_for_all_drivers() {
    let canned = with_rows(&[2]);
    assert_eq!(twice(&canned).await.unwrap(), 4);
    canned.log.lock().unwrap().clear();
    let done: Result<i64, Error> =
        transaction::run(&canned, async |tx| tx.savepoint(async |tx| twice(tx).await).await).await;
    assert_eq!(done.unwrap(), 4);
    let text = "SELECT id FROM users WHERE name = $1 1";
    assert_eq!(canned.logged(), ["begin", "Savepoint", text, text, "Release", "Commit"]);
}

#[tokio::test]
async fn an_error_and_a_deadline_roll_back() {
    let canned = Canned::default();
    let failed: Result<i64, Error> =
        transaction::run(&canned, async |tx| tx.savepoint(async |tx| both().one(tx).await).await).await;
    assert!(failed.unwrap_err().is_not_found());
    let text = "SELECT id FROM users WHERE name = $1 1";
    assert_eq!(canned.logged(), ["begin", "Savepoint", text, "Undo", "Rollback"]);
    canned.log.lock().unwrap().clear();
    let late: Result<(), Error> = transaction::run(&canned, async |_| std::future::pending().await).await;
    assert!(late.unwrap_err().is_deadline());
    assert_eq!(canned.logged(), ["begin", "Rollback"]);
}
