//! Paths on this site: in goes text from outside (decoded once) or from a macro's literal, out comes the normalised text that
//! may be sent, or a typed refusal. Standards: URL Standard (parsing, dot segments), RFC 3986 (generic syntax), RFC 9110 section
//! 10.2.2 (`Location`).
//!
//! | file | subject |
//! |---|---|
//! | `redirect` | the redirect rule: [`redirect`], [`is_emitted`], [`Refusal`] |
//! | `dot_segments` | where `.` and `..` lead, without a heap |
//! | `listed` | redirects to listed origins: [`listed_redirect`] |
//! | `segment` | what one segment of a typed route may hold: [`is_segment`] |
//! | `route` | the text of a route, `/users/{id}?{tab}`: [`Template`]; what stands before it: [`prefix()`] |

mod dot_segments;
mod listed;
mod redirect;
mod route;
mod segment;

pub use listed::listed_redirect;
pub use redirect::{MAX_BYTES, Refusal, is_emitted, is_local, redirect};
pub use route::{Part, Placeholder, Template, TemplateProblem, TemplateProblemKind, prefix};
pub use segment::is_segment;
