//! The only paths that an expansion may name hang below [`Root`].

pub(crate) use crate::model::root::Root;
