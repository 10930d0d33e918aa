//! Remember-me: one row per family of tokens. A token is good once; a copy that is used later ends the family.

use secure_forms::query;
use secure_forms::query::{Db, Error};
use secure_forms::session::{RememberMe, RememberRow, RememberToken, Remembered, Rotation, Timestamp};

use super::sessions::ABSOLUTE_SECONDS;
use super::users::User;

/// Thirty days, as the cookie and the library's `RememberMe` say.
const MAX_AGE_SECONDS: i64 = 30 * 24 * 60 * 60;

/// What a token is worth.
pub(crate) enum Recognized {
    /// This person; the new token replaces the one that was shown, unless a request a moment ago has replaced it already.
    User { user: User, family: String, next: Option<RememberToken> },
    /// Nobody: the family is unknown, too old, or has just been ended because a used token came again.
    Nobody,
}

/// Begins a family. Families stay until no session of theirs can live any more: sessions end with their family.
pub(crate) async fn begin(db: &Db, user: i64, now: Timestamp) -> Result<RememberToken, Error> {
    let (token, family) = RememberMe::begin(now);
    let (selector, hash, now) = (token.selector(), family.verifier_hash, seconds(now));
    let oldest = now - MAX_AGE_SECONDS - ABSOLUTE_SECONDS;
    db.tx_now(move |tx| {
        query!("DELETE FROM remembered WHERE created_at < {oldest}").execute(tx)?;
        query!(
            "INSERT INTO remembered (selector, user_id, verifier_hash, rotated_at, created_at)
             VALUES ({selector}, {user}, {hash}, {now}, {now})"
        )
        .execute(tx)?;
        Ok::<_, Error>(())
    })
    .await?;
    Ok(token)
}

/// As the database keeps it.
fn seconds(time: Timestamp) -> i64 {
    i64::try_from(time.unix()).unwrap_or(i64::MAX)
}

/// Recognizes a token and replaces it. One transaction is the only writer, so that no other request comes between reading and writing.
pub(crate) async fn recognize(db: &Db, token: RememberToken, now: Timestamp) -> Result<Recognized, Error> {
    let selector = token.selector();
    db.tx_now(move |tx| {
        let found = query!(
            "SELECT users.id, users.username, users.display_name, remembered.verifier_hash, remembered.previous_hash,
                    remembered.rotated_at, remembered.created_at
             FROM remembered JOIN users ON users.id = remembered.user_id
             WHERE remembered.selector = {selector}"
        )
        .optional(tx)?;
        let Some(found) = found else { return Ok(Recognized::Nobody) };
        let user = User { id: found.id, username: found.username, display_name: found.display_name };
        let family = RememberRow {
            verifier_hash: found.verifier_hash,
            previous_hash: found.previous_hash,
            rotated_at: Timestamp::from_unix(found.rotated_at.unsigned_abs()),
            created_at: Timestamp::from_unix(found.created_at.unsigned_abs()),
        };
        match RememberMe::new().recognize(Some(&family), &token, now) {
            Remembered::Rotate(Rotation { token: next, row, .. }) => {
                let (hash, used, now) = (row.verifier_hash, row.previous_hash, seconds(now));
                query!(
                    "UPDATE remembered SET verifier_hash = {hash}, previous_hash = {used}, rotated_at = {now}
                     WHERE selector = {selector}"
                )
                .execute(tx)?;
                Ok(Recognized::User { user, family: selector, next: Some(next) })
            }
            Remembered::Grace => Ok(Recognized::User { user, family: selector, next: None }),
            // Somebody has a copy: neither the copy nor the original signs anyone in from here on, and the sessions that either has
            // made end too (by the database: `sessions.family`).
            Remembered::Stolen => {
                query!("DELETE FROM remembered WHERE selector = {selector}").execute(tx)?;
                Ok(Recognized::Nobody)
            }
            // It stays for the sessions that it has made, which may live a little longer than it does.
            Remembered::Expired => Ok(Recognized::Nobody),
        }
    })
    .await
}

/// Ends the family of a token.
pub(crate) async fn end(db: &Db, token: &RememberToken) -> Result<(), Error> {
    let selector = token.selector();
    query!("DELETE FROM remembered WHERE selector = {selector}").execute(db).await.map(|_| ())
}
