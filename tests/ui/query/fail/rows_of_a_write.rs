use secure_forms::query;
use secure_forms::query::Db;

fn run(db: &Db) {
    let id = 1;
    let _ = query!("DELETE FROM users WHERE id = {id}").all(db);
}

fn main() {}
