//! Sessions: the database holds a hash of the identifier, so that a copy of it signs nobody in. They end by idleness and by age.

use secure_forms::query;
use secure_forms::query::{Db, Error};
use secure_forms::session::SessionId;

use super::users::User;

/// A session that nobody uses ends after two hours, any session after twelve.
const IDLE_SECONDS: i64 = 2 * 60 * 60;
pub(super) const ABSOLUTE_SECONDS: i64 = 12 * 60 * 60;
/// `seen_at` need not be exact: a write a minute is enough.
const TOUCH_SECONDS: i64 = 60;

/// Starts a session, and forgets those that have ended.
/// `family` is the remember-me family that it comes from: it ends with it.
pub(crate) async fn start(db: &Db, user: i64, family: Option<String>, now: i64) -> Result<SessionId, Error> {
    let id = SessionId::generate();
    let (hash, oldest, idle) = (id.stored_hash(), now - ABSOLUTE_SECONDS, now - IDLE_SECONDS);
    db.tx_now(move |tx| {
        query!("DELETE FROM sessions WHERE created_at < {oldest} OR seen_at < {idle}").execute(tx)?;
        query!(
            "INSERT INTO sessions (id_hash, user_id, family, created_at, seen_at) VALUES ({hash}, {user}, {family}, {now}, {now})"
        )
        .execute(tx)?;
        Ok::<_, Error>(())
    })
    .await?;
    Ok(id)
}

/// Somebody who is signed in.
pub(crate) struct Session {
    pub(crate) user: User,
    /// It was not touched for a minute.
    pub(crate) is_untouched: bool,
}

/// Who is signed in with this identifier, if the session has not ended. Reads only.
pub(crate) async fn find(db: &Db, id: &SessionId, now: i64) -> Result<Option<Session>, Error> {
    let (hash, oldest, idle) = (id.stored_hash(), now - ABSOLUTE_SECONDS, now - IDLE_SECONDS);
    let row = query!(
        "SELECT users.id, users.username, users.display_name, sessions.seen_at
         FROM sessions JOIN users ON users.id = sessions.user_id
         WHERE sessions.id_hash = {hash} AND sessions.created_at >= {oldest} AND sessions.seen_at >= {idle}"
    )
    .optional(db)
    .await?;
    Ok(row.map(|row| Session {
        user: User { id: row.id, username: row.username, display_name: row.display_name },
        is_untouched: row.seen_at < now - TOUCH_SECONDS,
    }))
}

/// Notes that a session was used just now.
pub(crate) async fn touch(db: &Db, id: &SessionId, now: i64) -> Result<(), Error> {
    let hash = id.stored_hash();
    query!("UPDATE sessions SET seen_at = {now} WHERE id_hash = {hash} AND seen_at < {now}")
        .execute(db)
        .await
        .map(|_| ())
}

pub(crate) async fn end(db: &Db, id: &SessionId) -> Result<(), Error> {
    let hash = id.stored_hash();
    query!("DELETE FROM sessions WHERE id_hash = {hash}").execute(db).await.map(|_| ())
}
