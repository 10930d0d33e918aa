//! maud 0.27: markup of its own macro becomes [`Html`] on somebody's word. The macro `html!` of this crate has maud's syntax and needs no such word.

use maud::Markup;

use crate::html::Html;

impl Html {
    /// Takes what `maud::html!` wrote, on your word.
    ///
    /// `reason` is for the reader of your code: say why no value in this markup stands in a URL, a script, a style or an event handler, and why
    /// nothing in it is `PreEscaped`.
    ///
    /// ```
    /// use secure_forms::Html;
    ///
    /// let sum = maud::html! { p { (1 + 1) } };
    /// assert_eq!(Html::dangerously_from_maud(sum, "a number between two tags").as_str(), "<p>2</p>");
    /// ```
    ///
    /// # Security
    /// maud escapes text for content and quoted attributes alike, but does not know places: `href=(user)` may be `javascript:…`, and text in
    /// `script { … }` or `onclick=` is a script. [`html!`](crate::html!) has the same syntax and checks them.
    pub fn dangerously_from_maud(markup: Markup, reason: &'static str) -> Self {
        let _ = reason;
        Self::from_escaped(markup.into_string())
    }
}
