//! `html!` as users call it; the checks are in the macro crate.

/// Markup in maud's syntax, in which every value is of a type that fits its place. Gives [`Html`](crate::Html).
///
/// | place | takes | how it is written |
/// |---|---|---|
/// | content: `p { (value) }` | text, [`Html`](crate::Html) | text is escaped, `Html` stands as it is |
/// | content of `title`, `textarea` | text | escaped |
/// | attributes: `title=(value)`, `.(value)`, `#(value)` | text, [`AttributeValue`](crate::html::AttributeValue) | escaped, in double quotes |
/// | URLs: `href`, `src`, `poster`, `cite`, … | [`SafeUrl`](crate::html::SafeUrl), [`RoutePath`](crate::route::RoutePath), [`SafeRedirect`](crate::SafeRedirect), [`Asset`](crate::asset::Asset) | escaped |
/// | lists of URLs: `srcset`, `imagesrcset`, `ping` | the same, each | escaped, a comma as `%2C` |
/// | behind a `?` or `#` of a literal: `href={ "/find?q=" (value) }` | text | percent-encoded |
/// | URLs that decide what a page does: `action`, `formaction`, the `src` of `iframe` and `embed`, the `data` of `object`, the `href` of `use` | [`RoutePath`](crate::route::RoutePath), [`Asset`](crate::asset::Asset) | escaped |
/// | `on…`, `style`, `srcdoc`, `script src`, stylesheets, `base`, `meta http-equiv`, `sandbox`, what libraries evaluate (`x-…`, `v-…`, `hx-on…`) | string literals alone | escaped |
/// | content of `script`, `style` and other raw text | string literals alone | as they are |
///
/// Text is `str`, `String`, `Cow<str>`, `char`, `bool`, a number or `format_args!("{value}")`, which takes any type with `Display`. A script gets data
/// from [`Html::json_script`](crate::Html::json_script). Markup of others goes through [`Html::dangerously_trusted`](crate::Html::dangerously_trusted).
///
/// | syntax | meaning |
/// |---|---|
/// | `p { "text" }`, `br;` | an element with content, and one of those that never have any |
/// | `"text"`, `(value)` | text, escaped; a value |
/// | `a.big.(class) #main href="/" { … }`, `.lead { … }` | classes, an id, attributes; without a name it is a `div` |
/// | `title=[option]`, `disabled[condition]`, `.wide[condition]` | an attribute or class that may be there |
/// | `title={ "a" (value) }` | a value in parts |
/// | `@if … { … } @else { … }`, `@for x in xs { … }`, `@while … { … }`, `@match x { pattern => …, }`, `@let x = …;` | as in Rust |
///
/// ```
/// use secure_forms::{Html, html};
///
/// let (name, tags) = ("<Ada>", ["one", "two & three"]);
/// let page = html! {
///     (Html::DOCTYPE)
///     p.lead title=(name) { "Hello, " (name) "!" }
///     @if !tags.is_empty() {
///         ul { @for tag in tags { li { a href={ "/search?tag=" (tag) } { (tag) } } } }
///     }
/// };
/// assert_eq!(
///     page.as_str(),
///     "<!DOCTYPE html><p class=\"lead\" title=\"&lt;Ada&gt;\">Hello, &lt;Ada&gt;!</p>\
///      <ul><li><a href=\"/search?tag=one\">one</a></li>\
///      <li><a href=\"/search?tag=two%20%26%20three\">two &amp; three</a></li></ul>"
/// );
/// ```
///
/// Text in a URL does not compile:
///
/// ```compile_fail
/// let website = String::from("javascript:alert(1)");
/// let _ = secure_forms::html! { a href=(website) { "my page" } };
/// ```
///
/// Nor does any value in a script:
///
/// ```compile_fail
/// let name = "Ada";
/// let _ = secure_forms::html! { script { "greet('" (name) "')" } };
/// ```
///
/// Differences to maud 0.27: in a loop, `continue` and `break` stand between elements, not in one; elements end (`;` stands behind void elements alone), no attribute stands twice, literals in `script` and `style` are written as
/// they are, `pre` and `textarea` begin with the line break that parsers drop, and a crate that uses it needs no maud.
///
/// # Security
/// Stops cross-site scripting (CWE-79) in every place of a page, by context as Go's html/template does, but when the program is compiled. It does not
/// decide where links lead, and does not judge what string literals say.
#[macro_export]
macro_rules! html {
    ($($tokens:tt)*) => { $crate::__private_0_1::html!([$crate] $($tokens)*) };
}
