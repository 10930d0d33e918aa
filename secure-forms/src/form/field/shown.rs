//! What a page may show of a value. Whether a type is secret is a fact of its text's type, so that no way of refusing a form, and no
//! control, can show what the type does not give.

use std::borrow::Cow;

/// The text of a secret: there is none, in any page.
///
/// ```
/// use secure_forms::form::{FieldKind, FieldValue, Input, NeverShown, ProblemKind};
/// use secure_forms::{Form, Secret, testing};
///
/// #[derive(Debug)]
/// struct Pin(Secret);
///
/// impl FieldValue<'_> for Pin {
///     type Text<'t> = NeverShown;
///     const KIND: FieldKind = FieldKind::required(Input::Tel);
///     fn parse(text: &str) -> Result<Self, ProblemKind> {
///         let is_pin = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
///         if is_pin { Secret::parse(text).map(Pin) } else { Err(ProblemKind::Pattern) }
///     }
///     fn to_text(&self) -> NeverShown {
///         NeverShown
///     }
/// }
///
/// #[derive(Debug, Form)]
/// struct Unlock {
///     pin: Pin,
/// }
///
/// let rejected = testing::submission("pin=12345").bind::<Unlock>().unwrap_err();
/// assert!(!rejected.render().as_str().contains("12345"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeverShown;

/// The text of a value: `Cow<str>`, or [`NeverShown`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a page can show of a value",
    label = "neither a text nor `NeverShown`",
    note = "write `type Text<'t> = Cow<'t, str>;`, or `type Text<'t> = NeverShown;` for a secret"
)]
pub trait ShownText<'t>: sealed::Sealed {
    #[doc(hidden)]
    const IS_SECRET: bool;

    #[doc(hidden)]
    fn into_cow(self) -> Option<Cow<'t, str>>;
}

impl<'t> ShownText<'t> for Cow<'t, str> {
    const IS_SECRET: bool = false;

    fn into_cow(self) -> Option<Self> {
        Some(self)
    }
}

impl<'t> ShownText<'t> for NeverShown {
    const IS_SECRET: bool = true;

    fn into_cow(self) -> Option<Cow<'t, str>> {
        None
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for std::borrow::Cow<'_, str> {}
    impl Sealed for super::NeverShown {}
}
