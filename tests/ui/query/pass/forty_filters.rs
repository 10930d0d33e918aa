// A search of forty optional filters is judged part by part: its 2^40 statements are not enumerated.
use secure_forms::query;
use secure_forms::query::{Db, Error};

enum Sort {
    Name,
    Newest,
}

struct Search {
    sort: Sort,
    f0: Option<String>,
    f1: Option<i64>,
    f2: Option<f64>,
    f3: Option<String>,
    f4: Option<bool>,
    f5: Option<i64>,
    f6: Option<Vec<i64>>,
    f7: Option<i64>,
    f8: Option<String>,
    f9: Option<i64>,
    f10: Option<f64>,
    f11: Option<String>,
    f12: Option<bool>,
    f13: Option<i64>,
    f14: Option<Vec<i64>>,
    f15: Option<i64>,
    f16: Option<String>,
    f17: Option<i64>,
    f18: Option<f64>,
    f19: Option<String>,
    f20: Option<bool>,
    f21: Option<i64>,
    f22: Option<Vec<i64>>,
    f23: Option<i64>,
    f24: Option<String>,
    f25: Option<i64>,
    f26: Option<f64>,
    f27: Option<String>,
    f28: Option<bool>,
    f29: Option<i64>,
    f30: Option<Vec<i64>>,
    f31: Option<i64>,
    f32: Option<String>,
    f33: Option<i64>,
    f34: Option<f64>,
    f35: Option<String>,
    f36: Option<bool>,
    f37: Option<i64>,
    f38: Option<Vec<i64>>,
    f39: Option<i64>,
}

async fn run(db: &Db, search: &Search) -> Result<usize, Error> {
    let found = query!(
        "SELECT id, username FROM users WHERE id > 0
         [AND username LIKE {search.f0: contains?}]
         [AND age >= {search.f1?}]
         [AND score > {search.f2?}]
         [AND email = {search.f3?}]
         [AND admin = {search.f4?}]
         [AND created_at BETWEEN {search.f5?} AND {search.f5?}]
         [AND id IN {search.f6..?}]
         [AND org <> {search.f7?}]
         [AND username LIKE {search.f8: contains?}]
         [AND age >= {search.f9?}]
         [AND score > {search.f10?}]
         [AND email = {search.f11?}]
         [AND admin = {search.f12?}]
         [AND created_at BETWEEN {search.f13?} AND {search.f13?}]
         [AND id IN {search.f14..?}]
         [AND org <> {search.f15?}]
         [AND username LIKE {search.f16: contains?}]
         [AND age >= {search.f17?}]
         [AND score > {search.f18?}]
         [AND email = {search.f19?}]
         [AND admin = {search.f20?}]
         [AND created_at BETWEEN {search.f21?} AND {search.f21?}]
         [AND id IN {search.f22..?}]
         [AND org <> {search.f23?}]
         [AND username LIKE {search.f24: contains?}]
         [AND age >= {search.f25?}]
         [AND score > {search.f26?}]
         [AND email = {search.f27?}]
         [AND admin = {search.f28?}]
         [AND created_at BETWEEN {search.f29?} AND {search.f29?}]
         [AND id IN {search.f30..?}]
         [AND org <> {search.f31?}]
         [AND username LIKE {search.f32: contains?}]
         [AND age >= {search.f33?}]
         [AND score > {search.f34?}]
         [AND email = {search.f35?}]
         [AND admin = {search.f36?}]
         [AND created_at BETWEEN {search.f37?} AND {search.f37?}]
         [AND id IN {search.f38..?}]
         [AND org <> {search.f39?}]
         ORDER BY {search.sort: Sort::Name => username | Sort::Newest => created_at DESC} LIMIT {20: max 100}"
    );
    Ok(found.all(db).await?.len())
}

fn main() {}
