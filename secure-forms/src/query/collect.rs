//! The results that the methods of a statement give: a count, one row, at most one, all.

use super::checked::Checked;
use super::columns::Columns;
use super::driver::{Collect, Wanted};
use super::error::{Error, ErrorKind};

/// Counts the rows that were inserted, changed or deleted.
pub(super) struct Count;

impl Collect for Count {
    type Output = u64;

    const WANTED: Wanted = Wanted::Effect;

    fn row(&mut self, _: &Columns<'_>) -> Result<(), Error> {
        Ok(())
    }

    fn end(self, changed: u64) -> Result<u64, Error> {
        Ok(changed)
    }
}

/// The only row, or none.
pub(super) struct AtMostOne<Q: Checked>(Option<Q::Row>);

impl<Q: Checked> AtMostOne<Q> {
    pub(super) const fn new() -> Self {
        Self(None)
    }
}

impl<Q: Checked> Collect for AtMostOne<Q> {
    type Output = Option<Q::Row>;

    const WANTED: Wanted = Wanted::Rows;

    fn row(&mut self, row: &Columns<'_>) -> Result<(), Error> {
        if self.0.is_some() {
            return Err(Error::new(ErrorKind::TooManyRows));
        }
        self.0 = Some(Q::row(row)?);
        Ok(())
    }

    fn end(self, _: u64) -> Result<Self::Output, Error> {
        Ok(self.0)
    }
}

/// The only row.
pub(super) struct One<Q: Checked>(AtMostOne<Q>);

impl<Q: Checked> One<Q> {
    pub(super) const fn new() -> Self {
        Self(AtMostOne::new())
    }
}

impl<Q: Checked> Collect for One<Q> {
    type Output = Q::Row;

    const WANTED: Wanted = Wanted::Rows;

    fn row(&mut self, row: &Columns<'_>) -> Result<(), Error> {
        self.0.row(row)
    }

    fn end(self, changed: u64) -> Result<Q::Row, Error> {
        self.0.end(changed)?.ok_or_else(|| Error::new(ErrorKind::NotFound))
    }
}

/// All rows.
pub(super) struct All<Q: Checked>(Vec<Q::Row>);

impl<Q: Checked> All<Q> {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }
}

impl<Q: Checked> Collect for All<Q> {
    type Output = Vec<Q::Row>;

    const WANTED: Wanted = Wanted::Rows;

    fn row(&mut self, row: &Columns<'_>) -> Result<(), Error> {
        self.0.push(Q::row(row)?);
        Ok(())
    }

    fn end(self, _: u64) -> Result<Self::Output, Error> {
        Ok(self.0)
    }
}
