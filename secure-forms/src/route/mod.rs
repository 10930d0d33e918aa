//! Paths on this site: redirects and typed routes. Untrusted targets and typed values enter, text that cannot leave the site does.
//!
//! | file | subject |
//! |---|---|
//! | `redirect` | [`SafeRedirect`] and `safe_path!` |
//! | `next` | [`ReturnTo`]: where the request wants to go afterwards |
//! | `origin` | [`AllowedOrigins`], for redirects to other sites |
//! | `routes` | what `#[derive(Routes)]` implements; [`RoutePath`] |
//! | `segment`, `query` | which types may stand in a path and in a query |
//! | `matching` | which route a request's path belongs to |

mod allowed;
mod matching;
mod query;
mod redirect;
mod return_to;
mod routes;
mod segment;

pub use allowed::{AllowedOrigins, AllowedRedirect};
pub use matching::Matched;
pub(crate) use matching::is_exempt;
pub(crate) use query::pairs_of_query;
pub use query::{QueryPart, QueryValue};
pub use redirect::{RedirectTarget, SafeRedirect, literal_redirect};
pub use return_to::{ReturnTo, ReturnToError, ReturnToPolicy};
pub use routes::{
    ActionRoutes, Handlers, Method, PageRoutes, PathWriter, Route, RouteError, RoutePart, RoutePath, Routes,
};
pub use secure_forms_core::path::{OriginProblem, Refusal, Undecodable};
pub use segment::{NotASegment, PathSegment, Segment, literal_segment};
