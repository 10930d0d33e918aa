//! People: their names and addresses are unique without regard to case, by the database.

use secure_forms::query::{Db, Error};
use secure_forms::{query, query_as};

use crate::routes::Sort;

/// What a page shows of a person.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Profile {
    pub(crate) username: String,
    pub(crate) display_name: String,
    pub(crate) bio: String,
    pub(crate) website: Option<String>,
}

/// A person who is signed in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct User {
    pub(crate) id: i64,
    pub(crate) username: String,
    pub(crate) display_name: String,
}

/// What somebody registers with.
#[derive(Debug)]
pub(crate) struct NewUser<'n> {
    pub(crate) username: &'n str,
    pub(crate) email: &'n str,
    pub(crate) display_name: &'n str,
    pub(crate) password_hash: &'n str,
}

/// A name as it is compared: typed in any case, it is the same name.
pub(crate) fn key(text: &str) -> String {
    text.to_lowercase()
}

/// Adds a person.
///
/// # Errors
/// A unique violation of `users.username_key` or `users.email_key`.
pub(crate) async fn add(db: &Db, new: &NewUser<'_>, now: i64) -> Result<i64, Error> {
    let (username_key, email_key) = (key(new.username), key(new.email));
    query!(
        "INSERT INTO users (username, username_key, email, email_key, password_hash, display_name, created_at)
         VALUES ({new.username}, {username_key}, {new.email}, {email_key}, {new.password_hash}, {new.display_name}, {now})
         RETURNING id"
    )
    .one(db)
    .await
    .map(|row| row.id)
}

pub(crate) async fn username_is_taken(db: &Db, username: &str) -> Result<bool, Error> {
    let key = key(username);
    Ok(query!("SELECT id FROM users WHERE username_key = {key}").optional(db).await?.is_some())
}

pub(crate) async fn email_is_taken(db: &Db, email: &str) -> Result<bool, Error> {
    let key = key(email);
    Ok(query!("SELECT id FROM users WHERE email_key = {key}").optional(db).await?.is_some())
}

/// The row and the password's hash of whoever has this name.
pub(crate) async fn credentials(db: &Db, username: &str) -> Result<Option<(i64, String)>, Error> {
    let key = key(username);
    let row = query!("SELECT id, password_hash FROM users WHERE username_key = {key}").optional(db).await?;
    Ok(row.map(|row| (row.id, row.password_hash)))
}

pub(crate) async fn profile(db: &Db, id: i64) -> Result<Profile, Error> {
    query_as!(Profile, "SELECT username, display_name, bio, website FROM users WHERE id = {id}").one(db).await
}

pub(crate) async fn update(
    db: &Db,
    id: i64,
    display_name: &str,
    bio: &str,
    website: Option<&str>,
) -> Result<(), Error> {
    query!("UPDATE users SET display_name = {display_name}, bio = {bio}, website = {website} WHERE id = {id}")
        .execute(db)
        .await
        .map(|_| ())
}

/// The newest people.
pub(crate) async fn newest(db: &Db) -> Result<Vec<Profile>, Error> {
    query_as!(
        Profile,
        "SELECT username, display_name, bio, website FROM users ORDER BY created_at DESC, id DESC LIMIT 6"
    )
    .all(db)
    .await
}

/// How many people a page of results shows.
pub(crate) const PAGE: usize = 10;

/// People whose names or text about themselves hold `q`, and whether there are more behind this page.
pub(crate) async fn search(db: &Db, q: &str, sort: Sort, page: u32) -> Result<(Vec<Profile>, bool), Error> {
    let one_more = PAGE as i64 + 1;
    let mut found = query_as!(
        Profile,
        "SELECT username, display_name, bio, website FROM users
         WHERE username LIKE {q: contains} OR display_name LIKE {q: contains} OR bio LIKE {q: contains}
         ORDER BY {sort: Sort::Name => display_name, id | Sort::Newest => created_at DESC, id DESC}
         LIMIT {one_more: max 11} OFFSET {page: page 10}"
    )
    .all(db)
    .await?;
    let has_more = found.len() > PAGE;
    found.truncate(PAGE);
    Ok((found, has_more))
}
