//! What the suites and the `conform` program share.

pub mod redirect;
pub mod rule;
pub mod sql;
