//! Queries.

pub(crate) mod column;
pub(crate) mod from;
pub(crate) mod grouping;
pub(crate) mod join;
pub(crate) mod naming;
pub(crate) mod order;
pub(crate) mod projection;
pub(crate) mod scope;
pub(crate) mod select;
pub(crate) mod set;
pub(crate) mod with;
