// The database has no method that takes text, and does not lend its driver.
use secure_forms::query::Db;

fn run(db: &Db) {
    db.execute("DROP TABLE users");
    db.query("SELECT 1");
    db.driver();
}

fn main() {}
