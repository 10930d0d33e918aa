//! [`AttributeValue`]: text for the inside of a quoted attribute (HTML Standard, 13.1.2.3).

use std::fmt;

use super::escape;

/// The escaped value of an attribute, for markup that is not written with `html!`: write the double quotes around it yourself.
///
/// ```
/// use secure_forms::html::AttributeValue;
/// let title = AttributeValue::new("\" onload=\"x");
/// assert_eq!(format!("<p title=\"{title}\">"), "<p title=\"&quot; onload=&quot;x\">");
/// ```
///
/// # Security
/// Stops text from ending its attribute (CWE-79), in double quotes and in single ones; without quotes a blank ends it. Attributes that are more
/// than text need more: a URL is [`AttributeValue::url`], and nothing that came from outside belongs into `style`, `srcdoc` or `onclick`.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[must_use = "a value does nothing until it is written into a page"]
pub struct AttributeValue(String);

impl AttributeValue {
    /// Escapes text.
    ///
    /// ```
    /// # use secure_forms::html::AttributeValue;
    /// assert_eq!(AttributeValue::new("Tom & 'Jerry'").as_str(), "Tom &amp; &#39;Jerry&#39;");
    /// ```
    pub fn new(text: &str) -> Self {
        let mut value = String::new();
        escape::attribute(&mut value, text);
        Self(value)
    }

    /// Escapes a URL for an attribute such as `href`.
    ///
    /// Allowed are `http`, `https`, `mailto`, `tel` and URLs without a scheme; anything else becomes `#`. To be told instead, parse a
    /// [`SafeUrl`](crate::html::SafeUrl).
    ///
    /// ```
    /// # use secure_forms::html::AttributeValue;
    /// assert_eq!(AttributeValue::url("https://a.example/?b&c").as_str(), "https://a.example/?b&amp;c");
    /// assert_eq!(AttributeValue::url("javascript:alert(1)").as_str(), "#");
    /// ```
    ///
    /// # Security
    /// Stops scripts in URLs. Where the link leads is not judged: for redirects there is [`SafeRedirect`](crate::SafeRedirect).
    pub fn url(text: &str) -> Self {
        let mut value = String::new();
        escape::url(&mut value, text);
        Self(value)
    }

    /// The escaped value, without quotes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AttributeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
