//! What each place of a page takes: one trait per place, which `html!` asks of the value that is written there.
//!
//! | place | trait | taken | how it is written |
//! |---|---|---|---|
//! | content of an element | [`Content`] | text and `Html` | text escaped, `Html` as it is |
//! | content of `title`, `textarea` | [`Text`] | text | escaped |
//! | attribute | [`AttributeText`] | text and `AttributeValue` | escaped |
//! | `href`, `src` … | [`Url`] | `SafeUrl`, routes, redirects, assets | escaped |
//! | `action`, `iframe src` … | [`OwnUrl`] | routes and assets | escaped |
//!
//! None of them lets text through unescaped: only this crate can write through a [`Slot`]. [`Text`] can be implemented for a type of your own; a type that has `Display` can also be written as `(format_args!("{value}"))`.
//!
//! ```
//! use std::fmt::{self, Write};
//! use secure_forms::html::place::Text;
//! use secure_forms::html;
//!
//! struct Celsius(f32);
//!
//! impl Text for Celsius {
//!     fn write_text(&self, out: &mut dyn Write) -> fmt::Result {
//!         write!(out, "{:.1} °C", self.0)
//!     }
//! }
//! assert_eq!(html! { p title=(Celsius(20.0)) { (Celsius(21.5)) } }.as_str(), "<p title=\"20.0 °C\">21.5 °C</p>");
//! ```

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::rc::Rc;
use std::sync::Arc;

use super::attribute::AttributeValue;
use super::fragment::Html;
use super::url::SafeUrl;

pub use super::page::Slot;

/// Text, which every place escapes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not text",
    label = "this place takes text alone",
    note = "text is `str`, `String`, `Cow<str>`, `char`, `bool`, a number or `format_args!(…)`, which takes any type with `Display`"
)]
pub trait Text {
    /// Writes the text as it is read; `out` escapes it.
    ///
    /// # Errors
    /// What a `Display` implementation says.
    fn write_text(&self, out: &mut dyn Write) -> fmt::Result;

    /// Writes it escaped.
    fn write_escaped(&self, slot: Slot<'_>) {
        // The writer does not fail, and a `Display` that does has said nothing more.
        let _ = self.write_text(&mut slot.escaped());
    }

    /// Writes it percent-encoded, as a value of a URL's query or fragment.
    fn write_encoded(&self, slot: Slot<'_>) {
        let _ = self.write_text(&mut slot.encoded());
    }
}

/// What may stand in the content of an element.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in the content of an element",
    label = "neither text nor `Html`",
    note = "text is `str`, `String`, `Cow<str>`, `char`, `bool`, a number or `format_args!(\"{{value}}\")` for any type with `Display`; it is escaped",
    note = "markup is `Html`: from `html! {{ … }}`, from a form's `render()`, from an asset's `tag()`",
    note = "for an `Option` write `@if let Some(value) = … {{ (value) }}`; for markup of another library there is `Html::dangerously_trusted(…)`"
)]
pub trait Content {
    /// Writes it.
    fn write_content(&self, slot: Slot<'_>);
}

/// What may stand in an attribute that is text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in an attribute",
    label = "not text",
    note = "text is `str`, `String`, `Cow<str>`, `char`, `bool`, a number or `format_args!(\"{{value}}\")` for any type with `Display`; it is escaped",
    note = "markup belongs between tags; for an `Option` write `name=[value]`"
)]
pub trait AttributeText {
    /// Writes it.
    fn write_attribute(&self, slot: Slot<'_>);
}

/// What may stand in an attribute that is a URL.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in an attribute that is a URL",
    label = "it could be `javascript:…`",
    note = "write a route's `.path()`, a `SafeRedirect`, an asset of `asset!(…)`, or `SafeUrl::parse(text)?` for what came from outside"
)]
pub trait Url {
    /// The URL.
    fn proved(&self) -> Proved<'_>;

    /// Writes it.
    fn write_url(&self, slot: Slot<'_>) {
        self.proved().0.write_escaped(slot);
    }

    /// Writes it as one of a list, in which a comma could end it (HTML Standard, 4.8.4.2.1).
    fn write_url_of_list(&self, slot: Slot<'_>) {
        self.proved().0.replace(',', "%2C").write_escaped(slot);
    }
}

/// What may stand in an attribute whose URL decides what the page does: where a form is sent, what a frame shows.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot decide what a form is sent to or what a frame shows",
    label = "it could be a page of another site",
    note = "write a route's `.path()`, an asset of `asset!(…)`, or the whole URL as a string literal"
)]
pub trait OwnUrl: Url {
    /// Writes it.
    fn write_own_url(&self, slot: Slot<'_>) {
        self.write_url(slot);
    }
}

/// The text of a URL that its type has proved; only this crate makes one.
#[derive(Debug)]
pub struct Proved<'t>(&'t str);

impl<'t> Proved<'t> {
    pub(crate) const fn new(text: &'t str) -> Self {
        Self(text)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Text + ?Sized> Content for T {
    fn write_content(&self, slot: Slot<'_>) {
        self.write_escaped(slot);
    }
}

impl Content for Html {
    fn write_content(&self, slot: Slot<'_>) {
        slot.raw(self.as_str());
    }
}

impl Content for &Html {
    fn write_content(&self, slot: Slot<'_>) {
        slot.raw(self.as_str());
    }
}

#[diagnostic::do_not_recommend]
impl<T: Text + ?Sized> AttributeText for T {
    fn write_attribute(&self, slot: Slot<'_>) {
        self.write_escaped(slot);
    }
}

impl AttributeText for AttributeValue {
    fn write_attribute(&self, slot: Slot<'_>) {
        slot.raw(self.as_str());
    }
}

impl AttributeText for &AttributeValue {
    fn write_attribute(&self, slot: Slot<'_>) {
        slot.raw(self.as_str());
    }
}

impl Url for SafeUrl {
    fn proved(&self) -> Proved<'_> {
        Proved(self.as_str())
    }
}

impl<T: Url + ?Sized> Url for &T {
    fn proved(&self) -> Proved<'_> {
        T::proved(self)
    }
}

impl<T: OwnUrl + ?Sized> OwnUrl for &T {}

impl Text for str {
    fn write_text(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(self)
    }
}

impl Text for String {
    fn write_text(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(self)
    }
}

impl Text for Cow<'_, str> {
    fn write_text(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(self)
    }
}

impl Text for SafeUrl {
    fn write_text(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl<T: Text + ?Sized> Text for &T {
    fn write_text(&self, out: &mut dyn Write) -> fmt::Result {
        T::write_text(self, out)
    }
}

impl<T: Text + ?Sized> Text for &mut T {
    fn write_text(&self, out: &mut dyn Write) -> fmt::Result {
        T::write_text(self, out)
    }
}

impl<T: Text + ?Sized> Text for Box<T> {
    fn write_text(&self, out: &mut dyn Write) -> fmt::Result {
        T::write_text(self, out)
    }
}

impl<T: Text + ?Sized> Text for Rc<T> {
    fn write_text(&self, out: &mut dyn Write) -> fmt::Result {
        T::write_text(self, out)
    }
}

impl<T: Text + ?Sized> Text for Arc<T> {
    fn write_text(&self, out: &mut dyn Write) -> fmt::Result {
        T::write_text(self, out)
    }
}

macro_rules! text_by_display {
    ($($type:ty)*) => {
        $(impl Text for $type {
            fn write_text(&self, out: &mut dyn Write) -> fmt::Result {
                write!(out, "{self}")
            }
        })*
    };
}
text_by_display!(fmt::Arguments<'_> bool char f32 f64 i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

#[cfg(feature = "uuid")]
text_by_display!(uuid::Uuid);
