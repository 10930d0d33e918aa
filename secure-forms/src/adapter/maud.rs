//! maud 0.27: what the library rendered stands in a page as it is, and a page that maud escaped is [`Html`].

use maud::{Markup, Render};

use crate::html::Html;
use crate::route::{RoutePath, SafeRedirect};

/// Stands in a page unescaped: it is escaped already.
impl Render for Html {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(self.as_str());
    }
}

/// Stands in an attribute such as `href`.
impl Render for RoutePath {
    fn render_to(&self, buffer: &mut String) {
        self.as_str().render_to(buffer);
    }
}

/// Stands in an attribute such as `href`.
impl Render for SafeRedirect {
    fn render_to(&self, buffer: &mut String) {
        self.as_str().render_to(buffer);
    }
}

/// ```
/// use maud::html;
/// use secure_forms::Html;
///
/// let page = Html::from(html! { p { "<" (Html::text("&")) } });
/// assert_eq!(page.as_str(), "<p>&lt;&amp;</p>");
/// ```
///
/// # Security
/// maud escapes everything but `PreEscaped`, its own hatch: look for that word in reviews.
impl From<Markup> for Html {
    fn from(markup: Markup) -> Self {
        Self::from_escaped(markup.into_string())
    }
}
