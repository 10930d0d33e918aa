//! Sessions: the database holds a hash of the identifier, so that a copy of it signs nobody in. They end by idleness and by age.

use secure_forms::query::{Db, Error};
use secure_forms::{SessionId, query, query_as};

use super::users::User;

/// A session that nobody uses ends after two hours, any session after twelve.
const IDLE_SECONDS: i64 = 2 * 60 * 60;
const ABSOLUTE_SECONDS: i64 = 12 * 60 * 60;
/// `seen_at` need not be exact: a write a minute is enough.
const TOUCH_SECONDS: i64 = 60;

/// Starts a session, and forgets those that have ended.
pub(crate) async fn start(db: &Db, user: i64, now: i64) -> Result<SessionId, Error> {
    let id = SessionId::generate();
    let (hash, oldest, idle) = (id.stored_hash(), now - ABSOLUTE_SECONDS, now - IDLE_SECONDS);
    db.tx(move |tx| {
        query!("DELETE FROM sessions WHERE created_at < {oldest} OR seen_at < {idle}").execute(tx)?;
        query!("INSERT INTO sessions (id_hash, user_id, created_at, seen_at) VALUES ({hash}, {user}, {now}, {now})")
            .execute(tx)?;
        Ok::<_, Error>(())
    })
    .await?;
    Ok(id)
}

/// Who is signed in with this identifier, if the session has not ended.
pub(crate) async fn user(db: &Db, id: &SessionId, now: i64) -> Result<Option<User>, Error> {
    let (hash, oldest, idle) = (id.stored_hash(), now - ABSOLUTE_SECONDS, now - IDLE_SECONDS);
    let user = query_as!(
        User,
        "SELECT users.id, users.username, users.display_name FROM sessions JOIN users ON users.id = sessions.user_id
         WHERE sessions.id_hash = {hash} AND sessions.created_at >= {oldest} AND sessions.seen_at >= {idle}"
    )
    .optional(db)
    .await?;
    if user.is_some() {
        let untouched = now - TOUCH_SECONDS;
        query!("UPDATE sessions SET seen_at = {now} WHERE id_hash = {hash} AND seen_at < {untouched}")
            .execute(db)
            .await?;
    }
    Ok(user)
}

pub(crate) async fn end(db: &Db, id: &SessionId) -> Result<(), Error> {
    let hash = id.stored_hash();
    query!("DELETE FROM sessions WHERE id_hash = {hash}").execute(db).await.map(|_| ())
}
