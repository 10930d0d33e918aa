//! [`RoutePath`]: literal text and typed values enter, the path and query of a link leave, encoded. RFC 3986, section 3.3.

use std::fmt;

use secure_forms_core::{path, percent};

use super::segment::Segment;

/// Path and query of a typed route, encoded: visible ASCII without `\ " < >`. It can stand in an attribute of HTML as it is,
/// but for `&`, which escaping takes care of.
///
/// ```
/// use secure_forms::Routes;
/// #[derive(Routes)]
/// enum Page {
///     #[get("/search?{q}&{page}")]
///     Search { q: String, page: Option<u32> },
/// }
/// let path = Page::Search { q: "\"><script>".to_owned(), page: Some(2) }.path();
/// assert_eq!(path.to_string(), "/search?q=%22%3E%3Cscript%3E&page=2");
/// ```
///
/// # Security
/// Made only by [`Routes::path`](super::Routes::path); it always leads to this site. Its length is that of its values: the limit of 2048 bytes is
/// for targets that come from outside.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct RoutePath(String);

impl RoutePath {
    /// Path and query.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for RoutePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for RoutePath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Writes a [`RoutePath`]; for generated code and for [`QueryPart`](crate::route::QueryPart).
#[derive(Debug, Default)]
pub struct PathWriter {
    text: String,
    parameters: usize,
}

impl PathWriter {
    /// For generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Text of the pattern.
    #[doc(hidden)]
    pub fn literal(&mut self, text: &'static str) {
        self.text.push_str(text);
    }

    /// A value of the path.
    #[doc(hidden)]
    pub fn segment(&mut self, segment: &Segment) {
        percent::encode_value(&mut self.text, segment.as_str());
    }

    /// Appends `name=value` to the query, encoded.
    pub fn query(&mut self, name: &'static str, value: &str) {
        self.text.push(if self.parameters == 0 { '?' } else { '&' });
        self.parameters += 1;
        percent::encode_value(&mut self.text, name);
        self.text.push('=');
        percent::encode_value(&mut self.text, value);
    }

    /// The whole. The redirect rule runs once more, so that writing by hand opens nothing: refused text becomes the root.
    #[doc(hidden)]
    #[must_use]
    pub fn finish(self) -> RoutePath {
        RoutePath(if path::is_local(&self.text) { self.text } else { "/".to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_by_hand_cannot_leave_the_site() {
        let mut out = PathWriter::new();
        out.literal("//evil.test");
        assert_eq!(out.finish().as_str(), "/");
    }

    #[test]
    fn what_is_written_well_stays_as_it_is() {
        let mut out = PathWriter::new();
        out.literal("/files/");
        out.segment(&Segment::new("a b;c").unwrap());
        out.query("v", "1/2");
        assert_eq!(out.finish().as_str(), "/files/a%20b%3Bc?v=1%2F2");
    }
}
