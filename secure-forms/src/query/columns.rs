//! A row of a result: which column is read as what.

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::error::{Error, ErrorKind};
use super::value::{Read, ReadNullable, Value};

/// A row that is being read. The macro calls its methods.
pub struct Columns<'r> {
    row: &'r Row<'r>,
}

impl<'r> Columns<'r> {
    pub(super) fn of(row: &'r Row<'r>) -> Self {
        Self { row }
    }

    /// The column at `index`, which is never NULL.
    ///
    /// # Errors
    /// [`ErrorKind::UnexpectedValue`].
    #[doc(hidden)]
    pub fn required<M, T: Read<M>>(&self, index: usize, name: &'static str) -> Result<T, Error> {
        self.value(index).and_then(T::read).ok_or_else(|| Error::new(ErrorKind::UnexpectedValue(name)))
    }

    /// The column at `index`, which may be NULL.
    ///
    /// # Errors
    /// [`ErrorKind::UnexpectedValue`].
    #[doc(hidden)]
    pub fn nullable<M, T: ReadNullable<M>>(&self, index: usize, name: &'static str) -> Result<T, Error> {
        self.value(index).and_then(T::read).ok_or_else(|| Error::new(ErrorKind::UnexpectedValue(name)))
    }

    fn value(&self, index: usize) -> Option<Value> {
        Some(match self.row.get_ref(index).ok()? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Integer(number),
            ValueRef::Real(number) => Value::Real(number),
            ValueRef::Text(text) => Value::Text(std::str::from_utf8(text).ok()?.to_owned()),
            ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
        })
    }
}

impl std::fmt::Debug for Columns<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Columns(…)")
    }
}
