//! A row of a result: which column is read as what.

use super::error::{Error, ErrorKind};
use super::value::{Read, ReadNullable, Value};

/// A row as its driver has it.
pub(super) trait Row {
    /// The value of a column; `None` if there is no such column, or if what it holds is no value of ours (text that is not UTF-8).
    fn value(&self, index: usize) -> Option<Value>;
}

/// A row that is being read. The macro calls its methods.
pub struct Columns<'r> {
    row: &'r dyn Row,
}

impl<'r> Columns<'r> {
    pub(super) fn of(row: &'r dyn Row) -> Self {
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
        self.row.value(index)
    }
}

impl std::fmt::Debug for Columns<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Columns(…)")
    }
}
