//! Markup made of escaped values.
//!
//! Plain text enters through [`Html::text`] and the escape functions, one per place of an HTML page; what leaves is [`Html`], whose type says
//! that its content was escaped, rendered by this library, or vouched for by name. (HTML Standard, section 13.2.)

mod fragment;

pub mod escape;

pub use self::fragment::Html;
