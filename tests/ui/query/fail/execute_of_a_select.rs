use secure_forms::query;
use secure_forms::query::Db;

async fn run(db: &Db) {
    let _ = query!("SELECT id FROM users").execute(db).await;
}

fn main() {}
