//! Queries.

pub(crate) mod body;
pub(crate) mod from;
pub(crate) mod group;
pub(crate) mod join;
pub(crate) mod limit;
pub(crate) mod naming;
pub(crate) mod order;
pub(crate) mod output;
pub(crate) mod projection;
pub(crate) mod select;
pub(crate) mod set;
pub(crate) mod table;
pub(crate) mod with;
