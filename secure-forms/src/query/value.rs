//! Rust values on their way into a statement and out of a row, and the SQL types that say which may go where.
//!
//! A statement's parameters and columns have *markers*: [`Text`], [`BigInt`], … The macro knows them from the schema; [`Bind`] and [`Read`] say
//! which Rust types fit. So a number never meets a text column, and a value that may be absent only meets a column that may be NULL.

use std::fmt;

use super::error::Error;

/// A value of the database. Its `Debug` hides what it holds.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// NULL.
    Null,
    /// A 64-bit integer.
    Integer(i64),
    /// A 64-bit float.
    Real(f64),
    /// UTF-8 text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
    /// Several values, for `IN {ids..}`.
    List(Vec<Value>),
}

impl fmt::Debug for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Null => "Null",
            Self::Integer(_) => "Integer(…)",
            Self::Real(_) => "Real(…)",
            Self::Text(_) => "Text(…)",
            Self::Blob(_) => "Blob(…)",
            Self::List(_) => "List(…)",
        })
    }
}

macro_rules! markers {
    ($($(#[$doc:meta])* $name:ident, $sql:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name;
        impl Marker for $name {
            const NAME: &'static str = $sql;
        }
    )*};
}

/// An SQL type, as a type of Rust.
pub trait Marker: 'static {
    /// What people call it.
    const NAME: &'static str;
}

markers! {
    /// Text.
    Text, "text";
    /// An integer of 64 bits, which holds all narrower ones.
    BigInt, "integer";
    /// A float of 64 bits.
    Real, "real";
    /// Bytes.
    Blob, "blob";
    /// A truth value; SQLite keeps 0 and 1.
    Boolean, "boolean";
    /// A type that nobody checks: the parameters and columns of an `unchecked` query.
    Any, "unchecked";
}

/// The marker of a place that also takes NULL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nullable<M>(M);

impl<M: Marker> Marker for Nullable<M> {
    const NAME: &'static str = M::NAME;
}

/// The marker of the place of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List<M>(M);

impl<M: Marker> Marker for List<M> {
    const NAME: &'static str = M::NAME;
}

/// A Rust value that may stand where a statement needs the SQL type `M`.
///
/// Implemented for text (`str`, `String`, `Cow`), integers, floats, `bool`, bytes, `EmailAddress` and `Uuid` (as text), and for references to them. Implement
/// it for types of your own that are stored as one of these; the value is bound, so no text that it gives can become SQL. A variant of a
/// `#[derive(Choice)]` enum is bound by its value: `{country.value()}`.
///
/// ```
/// use secure_forms::query::{Bind, Error, Text, Value};
///
/// struct Isbn(String);
///
/// impl Bind<Text> for Isbn {
///     fn bind(&self) -> Result<Value, Error> {
///         Bind::<Text>::bind(&self.0)
///     }
/// }
/// assert_eq!(Isbn("978-0".into()).bind().unwrap(), Value::Text("978-0".into()));
/// ```
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` cannot be bound where the statement needs `{M}`",
    label = "a value in this statement has the wrong type",
    note = "`None` only fits a nullable place; convert the value, or implement `Bind<{M}>` for `{Self}`"
)]
pub trait Bind<M> {
    /// The value as the database takes it.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`](super::ErrorKind::OutOfRange) if the SQL type cannot hold it (a `u64` above 2⁶³ − 1).
    fn bind(&self) -> Result<Value, Error>;
}

impl<M, T: Bind<M> + ?Sized> Bind<M> for &T {
    fn bind(&self) -> Result<Value, Error> {
        T::bind(self)
    }
}

impl<M, T: Bind<M> + ?Sized> Bind<M> for &mut T {
    fn bind(&self) -> Result<Value, Error> {
        T::bind(self)
    }
}

impl<M, T: Bind<M> + ?Sized> Bind<M> for Box<T> {
    fn bind(&self) -> Result<Value, Error> {
        T::bind(self)
    }
}

impl<M, T: Bind<M> + ToOwned + ?Sized> Bind<M> for std::borrow::Cow<'_, T> {
    fn bind(&self) -> Result<Value, Error> {
        T::bind(self)
    }
}

/// A value read from a column of the SQL type `M`.
#[diagnostic::on_unimplemented(
    message = "a column of SQL type `{M}` cannot be read as `{Self}`",
    label = "a field of the row has the wrong type",
    note = "change the field's type, or implement `Read<{M}>` for `{Self}`"
)]
pub trait Read<M>: Sized {
    /// The value, or `None` if the database holds something that this type cannot be.
    fn read(value: Value) -> Option<Self>;
}

impl<M, T: Read<M>> Read<M> for Option<T> {
    fn read(value: Value) -> Option<Self> {
        T::read(value).map(Some)
    }
}

/// A value read from a column of the SQL type `M` that may be NULL: an `Option`.
#[diagnostic::on_unimplemented(
    message = "a column that may be NULL cannot be read as `{Self}`",
    label = "a field of the row must be an `Option`",
    note = "make the field an `Option`, give the column a value with `COALESCE`, or name it `AS \"name!\"` if it is never NULL"
)]
pub trait ReadNullable<M>: Sized {
    /// As [`Read::read`].
    fn read(value: Value) -> Option<Self>;
}

impl<M, T: Read<M>> ReadNullable<M> for Option<T> {
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::read(value).map(Some),
        }
    }
}

/// One SQL type and the Rust type of the same meaning: both directions, for the marker itself and for [`Any`].
macro_rules! values {
    ($($marker:ident { $($bound:ty, |$this:ident| $bind:expr;)* $(=> $read:ty, $pattern:pat => $value:expr;)* })*) => {$(
        $(
            impl Bind<$marker> for $bound {
                fn bind(&self) -> Result<Value, Error> {
                    let $this = self;
                    $bind
                }
            }
            impl Bind<Any> for $bound {
                fn bind(&self) -> Result<Value, Error> {
                    Bind::<$marker>::bind(self)
                }
            }
        )*
        $(
            impl Read<$marker> for $read {
                fn read(value: Value) -> Option<Self> {
                    #[allow(unreachable_patterns, reason = "some types take every value")]
                    match value {
                        $pattern => $value,
                        #[allow(unreachable_patterns, reason = "some patterns take every value")]
                        _ => None,
                    }
                }
            }
            impl Read<Any> for $read {
                fn read(value: Value) -> Option<Self> {
                    <Self as Read<$marker>>::read(value)
                }
            }
        )*
    )*};
}

fn integer<T: TryInto<i64> + Copy>(value: &T) -> Result<Value, Error> {
    (*value).try_into().map(Value::Integer).map_err(|_| Error::out_of_range("an integer above 9223372036854775807"))
}

values! {
    Text {
        str, |this| Ok(Value::Text(this.to_owned()));
        String, |this| Ok(Value::Text(this.clone()));
        char, |this| Ok(Value::Text(this.to_string()));
        => String, Value::Text(text) => Some(text);
        => Box<str>, Value::Text(text) => Some(text.into());
    }
    BigInt {
        i8, |this| integer(this);
        i16, |this| integer(this);
        i32, |this| integer(this);
        i64, |this| integer(this);
        isize, |this| integer(this);
        u8, |this| integer(this);
        u16, |this| integer(this);
        u32, |this| integer(this);
        u64, |this| integer(this);
        usize, |this| integer(this);
        => i8, Value::Integer(number) => number.try_into().ok();
        => i16, Value::Integer(number) => number.try_into().ok();
        => i32, Value::Integer(number) => number.try_into().ok();
        => i64, Value::Integer(number) => Some(number);
        => isize, Value::Integer(number) => number.try_into().ok();
        => u8, Value::Integer(number) => number.try_into().ok();
        => u16, Value::Integer(number) => number.try_into().ok();
        => u32, Value::Integer(number) => number.try_into().ok();
        => u64, Value::Integer(number) => number.try_into().ok();
        => usize, Value::Integer(number) => number.try_into().ok();
    }
    Real {
        f64, |this| real(*this);
        f32, |this| real(f64::from(*this));
        => f64, value => real_of(value);
    }
    Blob {
        [u8], |this| Ok(Value::Blob(this.to_vec()));
        Vec<u8>, |this| Ok(Value::Blob(this.clone()));
        => Vec<u8>, Value::Blob(bytes) => Some(bytes);
    }
    Boolean {
        bool, |this| Ok(Value::Integer(i64::from(*this)));
        => bool, Value::Integer(number @ 0..=1) => Some(number == 1);
    }
}

impl<const N: usize> Bind<Blob> for [u8; N] {
    fn bind(&self) -> Result<Value, Error> {
        Ok(Value::Blob(self.to_vec()))
    }
}

impl<const N: usize> Bind<Any> for [u8; N] {
    fn bind(&self) -> Result<Value, Error> {
        Ok(Value::Blob(self.to_vec()))
    }
}

/// SQLite has no NaN: it would silently become NULL, also in a NOT NULL place.
fn real(value: f64) -> Result<Value, Error> {
    if value.is_nan() {
        return Err(Error::out_of_range("a float that is not a number"));
    }
    Ok(Value::Real(value))
}

/// SQLite keeps whole numbers of a REAL column as integers at times, for instance in an expression.
fn real_of(value: Value) -> Option<f64> {
    match value {
        Value::Real(number) => Some(number),
        // Exact below 2⁵³; above, this is the conversion that SQLite makes itself.
        Value::Integer(number) => Some(number as f64),
        _ => None,
    }
}

mod form_value {
    use super::{Any, Bind, Error, Read, Text, Value};
    use crate::form::EmailAddress;
    use crate::form::field::Secret;

    // A password hash is read into a row that shows nothing of it; it is bound by `{secret.expose()}` alone.
    values! {
        Text {
            => Secret, Value::Text(text) => Some(Secret::from(text));
        }
    }

    // Stored as it was typed; read back only if it is still an address.
    values! {
        Text {
            EmailAddress, |this| Ok(Value::Text(this.as_str().to_owned()));
            => EmailAddress, Value::Text(text) => text.parse().ok();
        }
    }
}

#[cfg(feature = "uuid")]
mod uuid_value {
    use ::uuid::Uuid;

    use super::{Any, Bind, Blob, Error, Read, Text, Value};

    values! {
        Text {
            Uuid, |this| Ok(Value::Text(this.hyphenated().to_string()));
            => Uuid, value => uuid(value);
        }
    }

    impl Bind<Blob> for Uuid {
        fn bind(&self) -> Result<Value, Error> {
            Ok(Value::Blob(self.as_bytes().to_vec()))
        }
    }

    impl Read<Blob> for Uuid {
        fn read(value: Value) -> Option<Self> {
            uuid(value)
        }
    }

    fn uuid(value: Value) -> Option<Uuid> {
        match value {
            Value::Text(text) => Uuid::try_parse(&text).ok(),
            Value::Blob(bytes) => Uuid::from_slice(&bytes).ok(),
            _ => None,
        }
    }
}
