//! `query!`, `query_as!` and `schema!`: they tell the procedural macros where this crate is.

/// An SQL statement that is checked when the program is compiled, with values that are bound.
///
/// The text is checked against the migrations of the crate: tables, columns, types, NULL. Every value in braces is bound, never formatted into
/// the text. The result is a [`Stmt`](crate::query::Stmt); its rows are a struct with the names of the columns.
///
/// | written | meaning |
/// |---|---|
/// | `{name}`, `{user.name}`, `{total()}` | a bound value: a Rust variable or expression, used by reference |
/// | `LIKE {q: contains}`, `prefix`, `suffix` | a bound search text of at most 128 bytes; `%` and `_` in it are plain characters |
/// | `LIKE {q: pattern}` | a bound pattern of at most 128 bytes; `%` and `_` in it are wildcards |
/// | `IN {ids..}` | a bound slice, `Vec` or set of any length; an empty one makes `IN` false and `NOT IN` true |
/// | `[AND age >= {min?}]` | there only when the value is `Some` (all of them, when it has several) |
/// | `{sort: Sort::Name => name \| Sort::Newest => created_at desc}` | the SQL that a Rust value chooses |
/// | `LIMIT {n: max 100}` | a bound number of rows, alone behind `LIMIT`; above the cap or below zero the query fails |
/// | `randomblob({n: max 64})` | a bound size, alone as the argument of a function that makes as much as it says (`zeroblob`, `printf('%*d', …)`) |
/// | `OFFSET {skip}`, `OFFSET {page: page 20}` | rows to skip, or a page number counted from 1 |
/// | `AS "name!"`, `AS "name?"` | a column that is never, or may be, NULL although the schema says otherwise |
///
/// Choices, and optional parts that influence each other, make one template up to 64 statements, all of which are checked. Parts that are
/// *independent* cost one check each, so that a search may have 64 of them:
///
/// | optional part | is |
/// |---|---|
/// | `[AND age >= {min?}]`: whole conditions of the statement's `WHERE`, joined by `AND` | independent |
/// | `[, age = {age?}]`: whole assignments of the statement's `SET`, behind one that is always there | independent |
/// | `[JOIN teams ON …]`, `[WHERE …]`, `[LIMIT {n: max 9?}]`, `[SELECT … UNION]`: opens a clause | enumerated |
/// | all conditions of a `WHERE` that has an `OR` outside of parentheses, or a choice (`{sort: …}`) | enumerated |
/// | `[AND {a?}]` that belongs to a `BETWEEN` before it, a part inside of parentheses, of a sub-query or of a `CASE` | enumerated |
/// | the first assignment of a `SET`, anything in `GROUP BY`, `ORDER BY` or the select list | enumerated |
/// | every part of a statement with two `WHERE`s (`UNION`), with `MATCH` or `INDEXED BY`, or under `unchecked` | enumerated |
/// | a part with a space at both sides of its `[`, or before its `]` | enumerated |
///
/// The text of a statement with independent parts is one constant, of which the absent parts are left out. The statements that it becomes are kept
/// prepared like all others, up to 256 for each connection.
///
/// Words before the text: `all_rows` for a write that is meant to reach every row;
/// `unchecked(id: i64, name: Option<String>)` for a statement that the checker cannot judge: its text is still literal and its values are still
/// bound, but the types of its columns are taken from you.
///
/// Refused everywhere, also under `unchecked`: statements that do anything but read and write rows (`PRAGMA`, `ATTACH`, `BEGIN`, `CREATE`, …);
/// a value below `LIMIT` or `OFFSET` that something is made of, and a number of rows without a cap; a value in a pattern that does not say how its
/// wildcards are meant, at any depth; a value that chooses a function's size without a cap. A write whose `WHERE` holds for every row needs
/// `all_rows`: one that does not look at the row (`1 = 1`, `EXISTS (SELECT 1)`), compares a column with itself, asks a column that is `NOT NULL`
/// whether it is not NULL, searches for a text (an empty one is everywhere), looks into its own table, or joins one of these by `OR`.
///
/// A recursion that a bound value ends (`WHERE x < {n}`) is ended by the statement's deadline at the latest
/// ([`DbOptions::deadline`](crate::query::DbOptions::deadline)).
///
/// ```
/// use secure_forms::query::Db;
/// use secure_forms::{query, schema};
///
/// enum Sort { Name, Newest }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), secure_forms::query::Error> {
/// let db = Db::in_memory(&schema!())?;
/// for name in ["ada", "100%", "grace"] {
///     query!("INSERT INTO users (username, email) VALUES ({name}, {name.to_uppercase()})").execute(&db).await?;
/// }
/// let (q, min_age, sort) = ("0%", None::<i64>, Sort::Newest);
/// let found = query!(
///     "SELECT id, username FROM users WHERE username LIKE {q: contains} [AND age >= {min_age?}]
///      ORDER BY {sort: Sort::Name => username | Sort::Newest => id DESC} LIMIT {10: max 100}"
/// )
/// .all(&db)
/// .await?;
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].username, "100%");
/// # Ok(())
/// # }
/// ```
///
/// # Security
/// Stops SQL injection (CWE-89): neither a `String` nor a `&'static str` can be the text, and no value can become a part of it. It does not decide
/// who may see a row.
///
/// # Set-up
/// `Cargo.toml` says where the migrations are, in files that end in `.sql` and are applied in the order of their names:
/// ```toml
/// [package.metadata.secure-forms]
/// dialects = ["sqlite"]
/// migrations = "migrations"
/// ```
/// An edited file makes Cargo compile again. So that a new one does too, add a build script of one line:
/// `fn main() { println!("cargo::rerun-if-changed=migrations") }`. If it was forgotten, [`Db::open`](crate::query::Db::open) still compares the
/// database with the schema that the program knows.
#[macro_export]
macro_rules! query {
    ($($tokens:tt)*) => {
        $crate::__private_0_1::query!([$crate] $($tokens)*)
    };
}

/// [`query!`](crate::query!) with rows of a struct of yours: its first word is the type, whose fields are the columns.
///
/// A field may be any type that is [`Read`](crate::query::Read) for the column's SQL type.
///
/// ```
/// use secure_forms::query::Db;
/// use secure_forms::{query, query_as, schema};
///
/// #[derive(Debug, PartialEq)]
/// struct User { username: String, age: Option<u8> }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), secure_forms::query::Error> {
/// let db = Db::in_memory(&schema!())?;
/// query!("INSERT INTO users (username, email) VALUES ('ada', 'ada@example.org')").execute(&db).await?;
/// let user = query_as!(User, "SELECT username, age FROM users").one(&db).await?;
/// assert_eq!(user, User { username: "ada".into(), age: None });
/// # Ok(())
/// # }
/// ```
#[macro_export]
macro_rules! query_as {
    ($($tokens:tt)*) => {
        $crate::__private_0_1::query_as!([$crate] $($tokens)*)
    };
}

/// The migrations of this crate, embedded: what [`Db::open`](crate::query::Db::open) needs. May stand in a `const` or `static`.
///
/// ```
/// use secure_forms::query::Schema;
/// use secure_forms::schema;
///
/// static SCHEMA: Schema = schema!();
/// assert!(SCHEMA.migrations().count() > 0);
/// ```
#[macro_export]
macro_rules! schema {
    () => {
        $crate::__private_0_1::schema!([$crate])
    };
}
