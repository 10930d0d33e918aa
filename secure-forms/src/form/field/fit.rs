//! Which rules may judge which types. A rule on a type that it cannot judge does not compile: generated code names the constant
//! of the trait, and so the message stands at the field's type.

/// A type whose text `length`, `pattern` and `email` may judge.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not text: `length`, `pattern` and `email` judge text",
    label = "not text",
    note = "a number takes `range`; text is `String`, `&str`, `Cow<str>`, `Secret`, `EmailAddress`, or an `Option` of one of them",
    note = "for a text type of your own, implement `secure_forms::Textual`"
)]
pub trait Textual {
    #[doc(hidden)]
    const JUDGED: () = ();
}

/// A type whose number `range` may judge.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number: `range` judges numbers",
    label = "not a number",
    note = "text takes `length`; numbers are the integers, `f32`, `f64`, or an `Option` of one of them",
    note = "for a number type of your own, implement `secure_forms::Numeric`"
)]
pub trait Numeric {
    #[doc(hidden)]
    const JUDGED: () = ();
}

/// [`Textual`], for the rule whose mend is another type.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not text: `uuid` judges text",
    label = "not text",
    note = "remove `uuid` and write the type as `Uuid`, which takes nothing else, or keep it and write `String`"
)]
pub trait UuidText {
    #[doc(hidden)]
    const JUDGED: () = ();
}

#[diagnostic::do_not_recommend]
impl<T: Textual> UuidText for T {}
