//! What generated code may name. Not public: it changes without notice.

pub use std::option::Option;
pub use std::result::Result;
pub use std::vec::Vec;

pub use crate::html::escape;
pub use crate::route::{
    ActionRoutes, Handlers, Matched, Method, PageRoutes, PathSegment, PathWriter, QueryPart, QueryValue, Route,
    RouteError, RoutePart, RoutePath, Routes, SafeRedirect, Segment, literal_redirect, literal_segment,
};
pub use crate::session::Readable;
pub use secure_forms_core::pattern;
#[cfg(feature = "derive")]
pub use secure_forms_derive::safe_path;
