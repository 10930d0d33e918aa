//! Which rules may judge which types. A rule on a type that it cannot judge does not compile: generated code names the constant
//! of the trait, and so the message stands at the field's type.

/// A type whose text `length`, `pattern`, `email` and the other rules of text may judge.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not text, which a rule of this field judges",
    label = "not text",
    note = "`range` and `step` judge numbers, all other rules judge text; text is `String`, `&str`, `Cow<str>`, `Secret`, `EmailAddress`, or an `Option` of one of them",
    note = "for a text type of your own, implement `secure_forms::form::Textual`"
)]
pub trait Textual {
    #[doc(hidden)]
    const JUDGED: () = ();
}

/// A type whose number `range` and `step` may judge.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number, which a rule of this field judges",
    label = "not a number",
    note = "`range` and `step` judge numbers, all other rules judge text; numbers are the integers, `f32`, `f64`, or an `Option` of one of them",
    note = "for a number type of your own, implement `secure_forms::form::Numeric`"
)]
pub trait Numeric {
    #[doc(hidden)]
    const JUDGED: () = ();
}
