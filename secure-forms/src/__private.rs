//! What generated code may name. Not public: it changes without notice.

pub use crate::html::escape;
pub use crate::response::{Module, Script, StaticFile, Stylesheet, evaluated_policy, local_asset, remote_asset_of};
pub use crate::route::{
    ActionRoutes, Handlers, Matched, Method, PageRoutes, PathSegment, PathWriter, QueryPart, QueryValue, Route,
    RouteError, RoutePart, RoutePath, Routes, SafeRedirect, Segment, literal_redirect, literal_segment,
};
pub use crate::session::Readable;
pub use core::{compile_error, include_bytes, unreachable};
pub use secure_forms_core::pattern;
#[cfg(feature = "derive")]
pub use secure_forms_derive::safe_path;
#[cfg(feature = "derive")]
pub use secure_forms_derive::{asset, csp, remote_asset};
