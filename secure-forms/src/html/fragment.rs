//! [`Html`]: a piece of markup that may stand in the content of an element (HTML Standard, 13.1.2).

use std::borrow::Cow;
use std::fmt;

#[cfg(feature = "web")]
use serde::Serialize;

use super::escape;

/// Markup for the content of an element: between two tags, never inside of one.
///
/// There is no conversion from `String` or `&str`: text becomes markup through `html!` or [`Html::text`], which escape it. The
/// library's own pieces (rendered forms, asset tags) are `Html` already. For the value of an attribute there are
/// [`AttributeValue`](crate::html::AttributeValue) and [`SafeUrl`](crate::html::SafeUrl).
///
/// ```
/// use secure_forms::Html;
///
/// let name = "<script>alert(1)</script>";
/// assert_eq!(Html::text(name).to_string(), "&lt;script&gt;alert(1)&lt;/script&gt;");
/// ```
///
/// # Security
/// Stops cross-site scripting through text that is taken for markup (CWE-79). Inside of a tag it would not be safe: a quote that is harmless in
/// content ends an attribute. `html!` therefore takes it in content alone. It does not judge markup given to
/// [`Html::dangerously_trusted`]: whoever calls that vouches for it.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[must_use = "markup does nothing until it is written into a page"]
pub struct Html(Cow<'static, str>);

impl Html {
    /// `<!DOCTYPE html>`, with which every page begins.
    ///
    /// ```
    /// # use secure_forms::Html;
    /// assert_eq!(Html::DOCTYPE.as_str(), "<!DOCTYPE html>");
    /// ```
    pub const DOCTYPE: Self = Self(Cow::Borrowed("<!DOCTYPE html>"));

    /// Escapes plain text for the place between two tags.
    ///
    /// ```
    /// # use secure_forms::Html;
    /// assert_eq!(Html::text("Tom & \"Jerry\"").as_str(), "Tom &amp; &quot;Jerry&quot;");
    /// ```
    pub fn text(value: &str) -> Self {
        let mut markup = String::new();
        escape::text(&mut markup, value);
        Self::from_escaped(markup)
    }

    /// A value as JSON for the scripts of a page: a whole `<script type="application/json">` element, which no browser runs.
    ///
    /// A script file reads it with `JSON.parse(document.getElementById(id).textContent)`.
    ///
    /// ```
    /// # use secure_forms::Html;
    /// let names = Html::json_script("names", &["</script>", "a & b"])?;
    /// assert_eq!(
    ///     names.as_str(),
    ///     r#"<script type="application/json" id="names">["\u003c/script\u003e","a \u0026 b"]</script>"#
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of `serde_json`: a map whose keys are not text, or a `Serialize` implementation that fails.
    ///
    /// # Security
    /// The value is data, never code, and cannot end its element. A policy without `'unsafe-inline'` lets it through: a data block is not run
    /// (HTML Standard, 4.12.1).
    #[cfg(feature = "web")]
    pub fn json_script(id: &str, value: &(impl Serialize + ?Sized)) -> Result<Self, serde_json::Error> {
        let json = serde_json::to_string(value)?;
        let mut markup = String::from("<script type=\"application/json\" id=\"");
        escape::attribute(&mut markup, id);
        markup.push_str("\">");
        escape::json(&mut markup, &json);
        markup.push_str("</script>");
        Ok(Self::from_escaped(markup))
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
        Self(Cow::Owned(markup.into()))
    }

    /// Takes markup that this library made of escaped values.
    pub(crate) const fn from_escaped(markup: String) -> Self {
        Self(Cow::Owned(markup))
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
        self.0.into_owned()
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
        self.0.to_mut().push_str(&more.0);
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Html> for String {
    fn from(html: Html) -> Self {
        html.into_string()
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
    fn json_parses_back_to_the_value_and_cannot_end_its_element() {
        let value = "</script><!-- \u{2028} & é";
        let element = Html::json_script("a\"b", &value).unwrap();
        let json = element.as_str().strip_prefix("<script type=\"application/json\" id=\"a&quot;b\">").unwrap();
        let json = json.strip_suffix("</script>").unwrap();
        assert_eq!(serde_json::from_str::<String>(json).unwrap(), value);
        assert!(!json.contains(['<', '>', '&', '\u{2028}']));
    }
}
