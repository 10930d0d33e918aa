//! Submissions without a request, for tests: the feature `testing`, which belongs into `[dev-dependencies]` alone.
//!
//! ```toml
//! [dev-dependencies]
//! secure-forms = { version = "0.1", features = ["testing"] }
//! ```
//!
//! # Security
//! What is bound from these proves nothing about a request. A program that is built with this feature still has to call this
//! module by its name.

use crate::guard::Submission;

/// A submission of this `application/x-www-form-urlencoded` text: what a browser sends in a body by POST, or in the query by
/// GET. Method, token and headers are not judged.
///
/// ```
/// use secure_forms::{Form, testing};
///
/// #[derive(Debug, Form)]
/// struct Comment {
///     text: String,
/// }
///
/// let comment = testing::submission("text=hello+there").bind::<Comment>().unwrap();
/// assert_eq!(comment.text, "hello there");
/// assert!(testing::submission("text=").bind::<Comment>().is_err());
/// ```
pub fn submission(text: impl Into<Vec<u8>>) -> Submission {
    Submission::dangerously_without_request(text, "a test has no request")
}
