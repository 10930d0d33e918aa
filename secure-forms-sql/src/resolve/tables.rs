//! The tables that a statement touches, in the order in which they are met.

use crate::verdict::{Access, TableUse};

#[derive(Default)]
pub(crate) struct Tables(Vec<TableUse>);

impl Tables {
    pub(crate) fn note(&mut self, name: String, access: Access) {
        self.0.push(TableUse { name, access });
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn forget_since(&mut self, count: usize) {
        self.0.truncate(count);
    }

    /// Takes the last note of this kind away.
    pub(crate) fn forget(&mut self, noted: &TableUse) {
        if let Some(at) = self.0.iter().rposition(|own| own == noted) {
            self.0.remove(at);
        }
    }

    pub(crate) fn noted(self) -> Vec<TableUse> {
        self.0
    }
}
