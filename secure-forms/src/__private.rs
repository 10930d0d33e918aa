//! What generated code may name. Not public: it changes without notice.

pub use crate::html::escape;
pub use crate::session::Readable;
