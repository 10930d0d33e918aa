//! Paths on this site: redirects and typed routes. Untrusted targets and typed values enter, text that cannot leave the site does.
//!
//! | file | subject |
//! |---|---|
//! | `redirect` | [`SafeRedirect`] and `safe_path!` |
//! | `return_to` | [`ReturnTo`]: where the request wants to go afterwards |
//! | `allowed` | [`AllowedOrigins`], for redirects to other sites |
//! | `absolute` | [`AbsoluteUrl`], for mail and site maps |
//! | `routes` | what `#[derive(Routes)]` implements |
//! | `table` | routes as data: [`Route`] |
//! | `path` | [`RoutePath`], and how it is written |
//! | `segment`, `query` | which types may stand in a path and in a query |
//! | `pairs` | the pairs of a query, and the one value of a name |
//! | `matching` | which route a request's path belongs to |
//! | `nest` | the table of an enum that nests others, and whether they fit |

mod absolute;
pub(crate) mod allowed;
pub(crate) mod matching;
pub(crate) mod nest;
mod pairs;
mod path;
mod query;
pub(crate) mod redirect;
pub(crate) mod return_to;
pub(crate) mod routes;
pub(crate) mod segment;
mod table;

pub use absolute::AbsoluteUrl;
pub(crate) use allowed::{AllowedOrigins, AllowedRedirect};
#[cfg(feature = "web")]
pub(crate) use matching::is_exempt;
pub use path::{PathWriter, RoutePath};
pub(crate) use query::pairs_of_query;
pub use query::{QueryPart, QueryValue};
pub(crate) use redirect::{RedirectTarget, SafeRedirect};
pub(crate) use return_to::{ReturnTo, ReturnToError, ReturnToPolicy};
pub(crate) use routes::Routes;
pub use routes::{ActionRoutes, Handlers, PageRoutes};
pub use secure_forms_core::percent::Undecodable;
pub use segment::{NotASegment, PathSegment, Segment};
pub use table::{Method, Route, RouteError, RoutePart};
