//! Statements that write.

pub(crate) mod assignment;
pub(crate) mod conflict;
pub(crate) mod delete;
pub(crate) mod insert;
pub(crate) mod stored;
pub(crate) mod target;
pub(crate) mod update;
