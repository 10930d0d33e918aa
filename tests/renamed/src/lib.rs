//! A crate that depends on `secure-forms` under the name `forms`.

/// `query!`, `query_as!` and `schema!`.
pub mod queries {
    use forms::query::{Db, Error, Schema};

    /// The embedded migrations.
    pub static SCHEMA: Schema = forms::schema!();

    /// A row of our own.
    #[derive(Debug)]
    pub struct User {
        /// The row's number.
        pub id: i64,
    }

    /// One of each.
    pub async fn find(db: &Db, name: &str) -> Result<Vec<User>, Error> {
        forms::query!("UPDATE users SET age = 1 WHERE username = {name}").execute(db).await?;
        forms::query_as!(User, "SELECT id FROM users WHERE username = {name}").all(db).await
    }
}
