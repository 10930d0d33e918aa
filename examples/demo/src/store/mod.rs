//! All statements of the demo, a file per table.

pub(crate) mod files;
pub(crate) mod remembered;
pub(crate) mod sessions;
pub(crate) mod users;
