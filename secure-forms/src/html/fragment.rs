//! [`Html`]: a piece of markup that may be written into a page as it stands.

use std::fmt;

use serde::Serialize;

use super::escape;

/// Markup that may be written into a page as it stands.
///
/// There is no conversion from `String` or `&str`: text becomes markup through [`Html::text`], which escapes it. The library's own pieces
/// (rendered forms, asset tags) are `Html` already.
///
/// ```
/// use secure_forms::Html;
///
/// let name = "<script>alert(1)</script>";
/// assert_eq!(Html::text(name).to_string(), "&lt;script&gt;alert(1)&lt;/script&gt;");
/// ```
///
/// # Security
/// Stops cross-site scripting through text that is taken for markup (CWE-79). It does not judge markup given to
/// [`Html::dangerously_trusted`]: whoever calls that vouches for it.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[must_use = "markup does nothing until it is written into a page"]
pub struct Html(String);

impl Html {
    /// Escapes plain text for the place between two tags.
    ///
    /// ```
    /// # use secure_forms::Html;
    /// assert_eq!(Html::text("Tom & \"Jerry\"").as_str(), "Tom &amp; &quot;Jerry&quot;");
    /// ```
    pub fn text(value: &str) -> Self {
        let mut markup = String::new();
        escape::text(&mut markup, value);
        Self(markup)
    }

    /// Escapes the value of an attribute; write the double quotes around it yourself.
    ///
    /// ```
    /// # use secure_forms::Html;
    /// let title = Html::attribute("\" onload=\"x");
    /// assert_eq!(format!("<p title=\"{title}\">"), "<p title=\"&quot; onload=&quot;x\">");
    /// ```
    pub fn attribute(value: &str) -> Self {
        let mut markup = String::new();
        escape::attribute(&mut markup, value);
        Self(markup)
    }

    /// Escapes a URL for an attribute such as `href`; write the double quotes around it yourself.
    ///
    /// Allowed are `http`, `https`, `mailto`, `tel` and URLs without a scheme; anything else becomes `#`.
    ///
    /// ```
    /// # use secure_forms::Html;
    /// assert_eq!(Html::url("https://a.example/?b&c").as_str(), "https://a.example/?b&amp;c");
    /// assert_eq!(Html::url("javascript:alert(1)").as_str(), "#");
    /// ```
    ///
    /// # Security
    /// Stops scripts in URLs. Where the link leads is not judged: for redirects there is [`SafeRedirect`](crate::SafeRedirect).
    pub fn url(value: &str) -> Self {
        let mut markup = String::new();
        escape::url(&mut markup, value);
        Self(markup)
    }

    /// Writes a value as JSON that may stand inside a `<script>` element, for example one of `type="application/json"`.
    ///
    /// ```
    /// # use secure_forms::Html;
    /// let names = Html::json(&["</script>", "a & b"])?;
    /// assert_eq!(names.as_str(), r#"["\u003c/script\u003e","a \u0026 b"]"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of `serde_json`: a map whose keys are not text, or a `Serialize` implementation that fails.
    pub fn json(value: &impl Serialize) -> Result<Self, serde_json::Error> {
        let json = serde_json::to_string(value)?;
        let mut markup = String::new();
        escape::json(&mut markup, &json);
        Ok(Self(markup))
    }

    /// Takes markup as it is, on your word.
    ///
    /// `reason` is for the reader of your code: say why this markup cannot hold anything that a user wrote.
    ///
    /// ```
    /// # use secure_forms::Html;
    /// let rule = Html::dangerously_trusted("<hr>", "a constant of this program");
    /// assert_eq!(rule.as_str(), "<hr>");
    /// ```
    ///
    /// # Security
    /// The one way around escaping. Never pass text that came from a request, a file or a database; HTML that users may write needs a
    /// sanitiser (such as the `ammonia` crate) first.
    pub fn dangerously_trusted(markup: impl Into<String>, reason: &'static str) -> Self {
        let _ = reason;
        Self(markup.into())
    }

    /// Takes markup that this library made of escaped values.
    pub(crate) const fn from_escaped(markup: String) -> Self {
        Self(markup)
    }

    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The markup, owned.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// Appends more markup.
    ///
    /// ```
    /// # use secure_forms::Html;
    /// let mut page = Html::dangerously_trusted("<br>", "a constant of this program");
    /// page.push(&Html::text("1 < 2"));
    /// assert_eq!(page.as_str(), "<br>1 &lt; 2");
    /// ```
    pub fn push(&mut self, more: &Self) {
        self.0.push_str(&more.0);
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Html> for String {
    fn from(html: Html) -> Self {
        html.0
    }
}

impl FromIterator<Html> for Html {
    fn from_iter<I: IntoIterator<Item = Html>>(pieces: I) -> Self {
        let mut whole = Self::default();
        whole.extend(pieces);
        whole
    }
}

impl Extend<Html> for Html {
    fn extend<I: IntoIterator<Item = Html>>(&mut self, pieces: I) {
        for piece in pieces {
            self.push(&piece);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_open_a_tag() {
        assert_eq!(Html::text("<img src=x onerror=alert(1)>").as_str(), "&lt;img src=x onerror=alert(1)&gt;");
    }

    #[test]
    fn pieces_join_in_order() {
        let joined: Html = ["a", "<", "b"].into_iter().map(Html::text).collect();
        assert_eq!(joined.into_string(), "a&lt;b");
    }

    #[test]
    fn json_parses_back_to_the_value() {
        let value = "</script><!-- \u{2028} & é";
        let json = Html::json(&value).unwrap();
        assert_eq!(serde_json::from_str::<String>(json.as_str()).unwrap(), value);
        assert!(!json.as_str().contains(['<', '>', '&', '\u{2028}']));
    }
}
