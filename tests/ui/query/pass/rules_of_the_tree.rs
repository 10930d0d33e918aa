// The twins of what the rules over the tree refuse.
use secure_forms::query;
use secure_forms::query::Db;

async fn run(db: &Db) -> Result<(), Box<dyn std::error::Error>> {
    let (n, skip, id, q, name, ids) = (5, 0, 1, "a", "ada", [1, 2]);
    query!("SELECT id FROM users LIMIT {n: max 10} OFFSET {skip}").all(db).await?;
    query!("SELECT id FROM users WHERE username LIKE {q: contains} LIMIT ({n: max 10})").all(db).await?;
    query!("SELECT id FROM users WHERE username LIKE CASE WHEN 1 THEN {q: pattern} END").all(db).await?;
    query!("SELECT id FROM users WHERE like({q: pattern}, username)").all(db).await?;
    query!("SELECT id FROM users WHERE username LIKE 'a!%' ESCAPE '!'").all(db).await?;
    query!("SELECT hex(randomblob({n: max 64})) AS token, printf('%s', {name}) AS text").all(db).await?;
    query!("SELECT replace(username, {q}, {name}) AS text, trim(username, ' .') AS short FROM users").all(db).await?;
    query!("DELETE FROM users WHERE id = {id} OR 1 = 0").execute(db).await?;
    query!("DELETE FROM users WHERE age IS NOT NULL AND id IN {ids..}").execute(db).await?;
    query!("DELETE FROM users WHERE EXISTS (SELECT 1 FROM notes WHERE author = users.id)").execute(db).await?;
    query!("UPDATE users SET admin = 0 WHERE admin AND id IN (SELECT author FROM notes)").execute(db).await?;
    query!("INSERT INTO orgs (name) VALUES ({name}) ON CONFLICT (id) DO UPDATE SET name = {name}").execute(db).await?;
    query!(all_rows, "DELETE FROM notes WHERE 1 = 1").execute(db).await?;
    query!(all_rows, unchecked(), "DELETE FROM notes WHERE key ISNULL AND id = {id}").execute(db).await?;
    query!(unchecked(id: i64, parent: i64, notused: i64, detail: String), "EXPLAIN QUERY PLAN SELECT id FROM users WHERE id = {id}")
        .all(db)
        .await?;
    Ok(())
}

fn main() {}
