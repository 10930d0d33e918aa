//! Files: their bytes are in the database, within a quota for each person and one for all.

use secure_forms::query;
use secure_forms::query::{Db, Error};

/// 20 MiB for each person, 500 MiB for all.
const MAX_PER_USER: i64 = 20 << 20;
const MAX_IN_ALL: i64 = 500 << 20;

/// A file without its bytes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Listed {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) caption: String,
    pub(crate) size: i64,
    pub(crate) owner: String,
}

/// Why a file is not kept.
#[derive(Debug)]
pub(crate) enum NotKept {
    /// The person's files, or all together, would be more than the quota.
    Quota,
    /// The database.
    Store(Error),
}

impl From<Error> for NotKept {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

/// Keeps a file, if the quotas allow it. Counting and keeping are one transaction: two uploads at once cannot pass both.
pub(crate) async fn keep(
    db: &Db,
    user: i64,
    name: String,
    caption: String,
    content: Vec<u8>,
    now: i64,
) -> Result<i64, NotKept> {
    let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
    db.tx_now(move |tx| {
        let own =
            query!(unchecked(bytes: i64), "SELECT COALESCE(SUM(size), 0) AS bytes FROM files WHERE user_id = {user}")
                .one(tx)?;
        let all = query!(unchecked(bytes: i64), "SELECT COALESCE(SUM(size), 0) AS bytes FROM files").one(tx)?;
        if own.bytes.saturating_add(size) > MAX_PER_USER || all.bytes.saturating_add(size) > MAX_IN_ALL {
            return Err(NotKept::Quota);
        }
        let kept = query!(
            "INSERT INTO files (user_id, name, caption, size, content, uploaded_at)
             VALUES ({user}, {name}, {caption}, {size}, {content}, {now}) RETURNING id"
        )
        .one(tx)?;
        Ok(kept.id)
    })
    .await
}

/// The newest files.
pub(crate) async fn newest(db: &Db) -> Result<Vec<Listed>, Error> {
    let rows = query!(
        "SELECT files.id, files.name, files.caption, files.size, users.display_name AS owner
         FROM files JOIN users ON users.id = files.user_id ORDER BY files.uploaded_at DESC, files.id DESC LIMIT 6"
    )
    .all(db)
    .await?;
    let listed = rows.into_iter().map(|row| Listed {
        id: row.id,
        name: row.name,
        caption: row.caption,
        size: row.size,
        owner: row.owner,
    });
    Ok(listed.collect())
}

/// The name and the bytes of a file.
pub(crate) async fn content(db: &Db, id: i64) -> Result<Option<(String, Vec<u8>)>, Error> {
    let row = query!("SELECT name, content FROM files WHERE id = {id}").optional(db).await?;
    Ok(row.map(|row| (row.name, row.content)))
}
