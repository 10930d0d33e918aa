//! Which types may stand in a cookie that its owner, and everyone at the owner's computer, can read.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::clock::Timestamp;

/// States that a value may be shown to the person whose browser keeps it. A signed cookie takes nothing else.
///
/// Derive it; the derive asks it of every field. Numbers, text, options, lists and `Uuid` have it.
///
/// ```
/// #[derive(secure_forms::Readable)]
/// struct Theme {
///     dark: bool,
///     accent: Option<String>,
/// }
/// ```
///
/// # Security
/// A signature stops changes, not reading (CWE-315). `Secret` is not `Readable`, so no type that holds one is, and neither compiles
/// as the value of a [`CookieName`](crate::cookie::CookieName). Writing the impl by hand is a statement that you answer for.
#[diagnostic::on_unimplemented(
    message = "`{Self}` may not be put into a cookie, which its owner can read",
    label = "not `Readable`",
    note = "a signed cookie is not encrypted: keep secrets on the server and put an identifier into the cookie",
    note = "if everyone may read it, write `#[derive(Readable)]` on the type"
)]
pub trait Readable {
    /// What the derive names for each field, so that a missing impl is reported at the field's type.
    #[doc(hidden)]
    const READABLE: () = ();
}

macro_rules! readable {
    ($($type:ty),* $(,)?) => { $(impl Readable for $type {})* };
}

readable!(
    (),
    bool,
    char,
    f32,
    f64,
    i8,
    i16,
    i32,
    i64,
    i128,
    isize,
    u8,
    u16,
    u32,
    u64,
    u128,
    usize,
    str,
    String,
    Duration,
    Timestamp
);
#[cfg(feature = "uuid")]
readable!(uuid::Uuid);

impl<T: Readable + ?Sized> Readable for &T {}
impl<T: Readable + ?Sized> Readable for Box<T> {}
impl<T: Readable + ToOwned + ?Sized> Readable for Cow<'_, T> {}
impl<T: Readable> Readable for Option<T> {}
impl<T: Readable> Readable for Vec<T> {}
impl<T: Readable> Readable for [T] {}
impl<T: Readable, const N: usize> Readable for [T; N] {}
impl<T: Readable> Readable for BTreeSet<T> {}
impl<K: Readable, V: Readable> Readable for BTreeMap<K, V> {}
impl<A: Readable, B: Readable> Readable for (A, B) {}
impl<A: Readable, B: Readable, C: Readable> Readable for (A, B, C) {}
