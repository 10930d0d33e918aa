//! Rust values → the list of values of one statement. The macro calls these functions, one per pair of braces; each gives a [`Bound`] that
//! carries the SQL type of its place.

use std::marker::PhantomData;

use secure_forms_core::sqlite::{LONGEST_NEEDLE, LONGEST_SEARCH};

use super::error::Error;
use super::value::{Any, BigInt, Bind, Blob, Boolean, List, Nullable, Real, Text, Value};

/// One bound value, or the absence of one whose optional part is left out.
#[derive(Debug)]
pub struct Bound<M> {
    value: Option<Result<Value, Error>>,
    marker: PhantomData<fn() -> M>,
}

impl<M> Bound<M> {
    fn new(value: Result<Value, Error>) -> Self {
        Self { value: Some(value), marker: PhantomData }
    }

    fn map(mut self, change: impl FnOnce(Value) -> Result<Value, Error>) -> Self {
        self.value = self.value.map(|value| value.and_then(change));
        self
    }

    /// Whether there is a value: `{value?}` was `Some`.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.value.is_some()
    }

    /// Leaves the value out together with its optional part.
    #[must_use]
    pub fn when(mut self, present: bool) -> Self {
        self.value = self.value.filter(|_| present);
        self
    }

    /// `LIKE {q: contains}`: the text itself, between `before` and `after`, with `!` before what `LIKE` would read as a wildcard.
    #[must_use]
    pub fn search(self, before: &str, after: &str) -> Self {
        self.map(|value| match value {
            Value::Text(text) if text.len() > LONGEST_SEARCH => {
                Err(Error::out_of_range("a search text of more than 128 bytes"))
            }
            Value::Text(text) => Ok(Value::Text(escape(&text, before, after))),
            other => Ok(other),
        })
    }

    /// `LIKE {q: pattern}`: the value as it is, if it is short.
    #[must_use]
    pub fn pattern(self) -> Self {
        self.map(|value| match value {
            Value::Text(text) if text.len() > LONGEST_SEARCH => {
                Err(Error::out_of_range("a pattern of more than 128 bytes"))
            }
            other => Ok(other),
        })
    }

    /// What `instr` and `replace` look for: the value as it is, if it is short.
    #[must_use]
    pub fn needle(self) -> Self {
        self.map(|value| match &value {
            Value::Text(text) if text.len() > LONGEST_NEEDLE => {
                Err(Error::out_of_range("a text to look for of more than 4096 bytes"))
            }
            Value::Blob(bytes) if bytes.len() > LONGEST_NEEDLE => {
                Err(Error::out_of_range("bytes to look for of more than 4096"))
            }
            _ => Ok(value),
        })
    }

    /// `LIMIT {n: max 100}`. SQLite reads a negative limit as "all rows".
    #[must_use]
    pub fn limit(self, max: u32) -> Self {
        self.map(|value| match value {
            Value::Integer(count) if (0..=i64::from(max)).contains(&count) => Ok(Value::Integer(count)),
            _ => Err(Error::out_of_range("a LIMIT outside of its range")),
        })
    }

    /// `OFFSET {skip}`.
    #[must_use]
    pub fn offset(self) -> Self {
        self.map(|value| match value {
            Value::Integer(count @ 0..) => Ok(Value::Integer(count)),
            _ => Err(Error::out_of_range("an OFFSET below zero")),
        })
    }

    /// `OFFSET {page: page 20}`, with pages counted from 1.
    #[must_use]
    pub fn page(self, size: u32) -> Self {
        self.map(|value| {
            match value {
                Value::Integer(page @ 1..) => (page - 1).checked_mul(i64::from(size)).map(Value::Integer),
                _ => None,
            }
            .ok_or_else(|| Error::out_of_range("a page number outside of its range"))
        })
    }
}

fn escape(text: &str, before: &str, after: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 2);
    escaped.push_str(before);
    for c in text.chars() {
        if matches!(c, '!' | '%' | '_') {
            escaped.push('!');
        }
        escaped.push(c);
    }
    escaped.push_str(after);
    escaped
}

/// `{value}` where NULL has no place.
pub fn bind<M, T: Bind<M> + ?Sized>(value: &T) -> Bound<M> {
    Bound::new(value.bind())
}

/// `{value}` where NULL has a place: a value or an `Option` of one.
pub fn bind_nullable<M, T: BindNullable<M> + ?Sized>(value: &T) -> Bound<Nullable<M>> {
    Bound::new(value.bind_nullable())
}

/// `{values..}`.
pub fn bind_list<M, T: BindList<M> + ?Sized>(values: &T) -> Bound<List<M>> {
    Bound::new(values.bind_list().map(Value::List))
}

/// `{value?}`: bound by `how` if it is there.
pub fn optional<M, T>(value: &Option<T>, how: impl FnOnce(&T) -> Bound<M>) -> Bound<M> {
    value.as_ref().map_or(Bound { value: None, marker: PhantomData }, how)
}

/// A Rust value for a place that takes NULL: whatever is [`Bind`], or an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` cannot be bound where the statement needs `{M}` or NULL",
    label = "a value in this statement has the wrong type",
    note = "convert the value, or implement `Bind<{M}>` for `{Self}`"
)]
pub trait BindNullable<M> {
    /// As [`Bind::bind`]; `None` is NULL.
    ///
    /// # Errors
    /// As [`Bind::bind`].
    fn bind_nullable(&self) -> Result<Value, Error>;
}

macro_rules! nullable {
    ($($marker:ident)*) => {$(
        impl<T: Bind<$marker> + ?Sized> BindNullable<$marker> for T {
            fn bind_nullable(&self) -> Result<Value, Error> {
                self.bind()
            }
        }

        impl<T: Bind<$marker>> BindNullable<$marker> for Option<T> {
            fn bind_nullable(&self) -> Result<Value, Error> {
                self.as_ref().map_or(Ok(Value::Null), Bind::bind)
            }
        }

        impl<T: Bind<$marker>> BindNullable<$marker> for &Option<T> {
            fn bind_nullable(&self) -> Result<Value, Error> {
                self.as_ref().map_or(Ok(Value::Null), Bind::bind)
            }
        }
    )*};
}

nullable!(Text BigInt Real Blob Boolean Any);

/// A collection whose members are [`Bind`]: `{ids..}`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of values that can be bound as `{M}`",
    label = "a list in this statement has the wrong type",
    note = "a list is a slice, an array, a `Vec` or a set of values"
)]
pub trait BindList<M> {
    /// The members, in order.
    ///
    /// # Errors
    /// The first error of a member.
    fn bind_list(&self) -> Result<Vec<Value>, Error>;
}

macro_rules! lists {
    ($([$($generics:tt)*] $list:ty;)*) => {$(
        impl<M, T: Bind<M>, $($generics)*> BindList<M> for $list {
            fn bind_list(&self) -> Result<Vec<Value>, Error> {
                self.iter().map(Bind::bind).collect()
            }
        }
    )*};
}

lists! {
    [] [T];
    [] Vec<T>;
    [const N: usize] [T; N];
    [] std::collections::BTreeSet<T>;
    [S] std::collections::HashSet<T, S>;
}

impl<M, T: BindList<M> + ?Sized> BindList<M> for &T {
    fn bind_list(&self) -> Result<Vec<Value>, Error> {
        T::bind_list(self)
    }
}

/// The SQL types of a statement's values: `()`, or `(first, rest)`.
pub trait Params {
    /// The values, each of its type.
    type Values;

    /// All values that are present, in order.
    ///
    /// # Errors
    /// The first error of a value.
    fn collect(values: Self::Values, into: &mut Vec<Value>) -> Result<(), Error>;
}

impl Params for () {
    type Values = ();

    fn collect((): (), _: &mut Vec<Value>) -> Result<(), Error> {
        Ok(())
    }
}

impl<M: 'static, Rest: Params> Params for (M, Rest) {
    type Values = (Bound<M>, Rest::Values);

    fn collect((first, rest): Self::Values, into: &mut Vec<Value>) -> Result<(), Error> {
        if let Some(value) = first.value {
            into.push(value?);
        }
        Rest::collect(rest, into)
    }
}
