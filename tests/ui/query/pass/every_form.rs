// Every form of the template language, in a function that only has to compile.
use std::borrow::Cow;
use std::collections::BTreeSet;

use secure_forms::query::Db;
use secure_forms::{query, query_as};

#[derive(Clone, Copy)]
enum Sort {
    Name,
    Newest,
    Oldest,
}

struct Person {
    username: Box<str>,
    age: Option<u8>,
}

struct SecureFormsRow {
    id: i64,
}

struct Search<'a> {
    q: Cow<'a, str>,
    min: Option<i64>,
    sort: Sort,
}

impl Search<'_> {
    fn limit(&self) -> u32 {
        20
    }
}

async fn run(db: &Db, search: &Search<'_>, ids: &[i64], avatar: Vec<u8>) -> Result<(), Box<dyn std::error::Error>> {
    let rows = query!(
        "SELECT id, username, age FROM users WHERE username LIKE {search.q: contains} [AND age >= {search.min?}] "
        "AND id IN {ids..} ORDER BY {search.sort: Sort::Name => username | Sort::Newest | Sort::Oldest => created_at DESC} "
        "LIMIT {search.limit(): max 100} OFFSET {ids.len()}"
    )
    .all(db)
    .await?;
    let _: Option<(i64, String, Option<i64>)> = rows.into_iter().map(|row| (row.id, row.username, row.age)).next();

    let people =
        query_as!(Person, "SELECT username, age FROM users WHERE id NOT IN {BTreeSet::<i64>::new()..}").all(db).await?;
    let _ = people.iter().map(|person| (&person.username, person.age)).count();
    let own = query_as!(SecureFormsRow, r#"SELECT id FROM users WHERE username = {"ada"}"#).one(db).await?;

    let name = String::from("ada");
    query!("UPDATE users SET avatar = {avatar}, age = {None::<i64>}, admin = {true}, score = {0.5} WHERE username = {name} AND id = {own.id}")
        .execute(db)
        .await?;
    query!(all_rows, "UPDATE users SET admin = 0").execute(db).await?;
    // The values are borrowed, never moved.
    let _ = (name, avatar);
    let v0 = 1;
    let columns = query!(unchecked(n: i64, oldest: Option<i64>), "SELECT count(*) AS n, max(age) AS oldest FROM users WHERE id > {v0}").one(db).await?;
    let _: (i64, Option<i64>) = (columns.n, columns.oldest);
    Ok(())
}

fn main() {}
