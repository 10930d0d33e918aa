//! Remember-me: one row per family of tokens. A token is good once; a copy that is used later ends the family.

use secure_forms::query::{Db, Error};
use secure_forms::{RememberToken, query};

use super::sessions::ABSOLUTE_SECONDS;
use super::users::User;

/// Thirty days, as the cookie lives.
const MAX_AGE_SECONDS: i64 = 30 * 24 * 60 * 60;
/// A browser may send several requests with the token that the first of them replaces.
const GRACE_SECONDS: i64 = 30;

/// What a token is worth.
pub(crate) enum Recognized {
    /// This person; the new token replaces the one that was shown, unless a request a moment ago has replaced it already.
    User { user: User, family: String, next: Option<RememberToken> },
    /// Nobody: the family is unknown, too old, or has just been ended because a used token came again.
    Nobody,
}

/// Begins a family. Families stay until no session of theirs can live any more: sessions end with their family.
pub(crate) async fn begin(db: &Db, user: i64, now: i64) -> Result<RememberToken, Error> {
    let token = RememberToken::generate();
    let (selector, hash, oldest) = (token.selector(), token.stored_hash(), now - MAX_AGE_SECONDS - ABSOLUTE_SECONDS);
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

/// Recognizes a token and replaces it.
pub(crate) async fn recognize(db: &Db, token: RememberToken, now: i64) -> Result<Recognized, Error> {
    let (selector, oldest) = (token.selector(), now - MAX_AGE_SECONDS);
    db.tx_now(move |tx| {
        let family = query!(
            "SELECT users.id, users.username, users.display_name, remembered.verifier_hash, remembered.previous_hash,
                    remembered.rotated_at
             FROM remembered JOIN users ON users.id = remembered.user_id
             WHERE remembered.selector = {selector} AND remembered.created_at >= {oldest}"
        )
        .optional(tx)?;
        let Some(family) = family else { return Ok(Recognized::Nobody) };
        let user = User { id: family.id, username: family.username, display_name: family.display_name };
        if token.verifies(&family.verifier_hash) {
            let next = token.rotated();
            let (hash, used) = (next.stored_hash(), token.stored_hash());
            query!(
                "UPDATE remembered SET verifier_hash = {hash}, previous_hash = {used}, rotated_at = {now}
                 WHERE selector = {selector}"
            )
            .execute(tx)?;
            return Ok(Recognized::User { user, family: selector, next: Some(next) });
        }
        let was_last = family.previous_hash.is_some_and(|hash| token.verifies(&hash));
        if was_last && now - family.rotated_at <= GRACE_SECONDS {
            return Ok(Recognized::User { user, family: selector, next: None });
        }
        // Somebody has a copy: neither the copy nor the original signs anyone in from here on, and the sessions that either has made
        // end too (by the database: `sessions.family`).
        query!("DELETE FROM remembered WHERE selector = {selector}").execute(tx)?;
        Ok(Recognized::Nobody)
    })
    .await
}

/// Ends the family of a token.
pub(crate) async fn end(db: &Db, token: &RememberToken) -> Result<(), Error> {
    let selector = token.selector();
    query!("DELETE FROM remembered WHERE selector = {selector}").execute(db).await.map(|_| ())
}
