//! Markup made of escaped values, with one type for each place of a page.
//!
//! Plain text enters through `html!`, [`Html::text`] and the escape functions; what leaves is [`Html`] for the content of elements,
//! [`AttributeValue`] and [`SafeUrl`] for attributes. Each type says that its content was escaped or parsed for its place, rendered by this
//! library, or vouched for by name. (HTML Standard, section 13.2.)

mod attribute;
pub(crate) mod fragment;
#[cfg(feature = "derive")]
mod macros;
pub(crate) mod page;
mod url;

pub mod escape;
pub mod place;

pub use self::attribute::AttributeValue;
pub(crate) use self::fragment::Html;
pub use self::url::{SafeUrl, SafeUrlError};
