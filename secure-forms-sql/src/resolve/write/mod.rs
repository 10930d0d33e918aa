//! Statements that write.

pub(crate) mod insert;
pub(crate) mod update_delete;
