//! The fields of a form by name: constants that the derive makes, so that a field that a form does not have does not compile.

use std::fmt;
use std::marker::PhantomData;

/// The field of the form `T` that holds an `F`: `Register::FIELDS.email`.
///
/// ```
/// use secure_forms::{Form, Invalid, testing};
///
/// #[derive(Debug, Form)]
/// struct Register {
///     #[field(rename = "mail")]
///     email: String,
/// }
///
/// assert_eq!(Register::FIELDS.email.as_str(), "mail");
/// let taken = Invalid::new("This email is taken.").on(Register::FIELDS.email);
/// let rejected = testing::submission("mail=").bind::<Register>().unwrap_err().into_page().reject(taken);
/// assert!(rejected.report().for_field("mail").is_some());
/// ```
pub struct FieldName<T, F> {
    index: usize,
    name: &'static str,
    of: PhantomData<fn() -> (T, F)>,
}

impl<T, F> FieldName<T, F> {
    /// The field at this place in the form's table; generated code calls it.
    #[doc(hidden)]
    pub const fn new(index: usize, name: &'static str) -> Self {
        Self { index, name, of: PhantomData }
    }

    /// The name on the wire.
    pub const fn as_str(&self) -> &'static str {
        self.name
    }

    pub(crate) const fn index(&self) -> usize {
        self.index
    }
}

// Not derived: a name can be copied whatever the field holds.
impl<T, F> Clone for FieldName<T, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, F> Copy for FieldName<T, F> {}

impl<T, F> fmt::Debug for FieldName<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FieldName").field(&self.name).finish()
    }
}

/// What names a field of a form: a [`FieldName`], and nothing else.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not name a field of a form",
    label = "not the name of a field",
    note = "write `SignUp::FIELDS.email`: a field that the form does not have does not compile"
)]
pub trait NamedField: sealed::Sealed {
    #[doc(hidden)]
    fn on_the_wire(&self) -> &'static str;
}

impl<T, F> NamedField for FieldName<T, F> {
    fn on_the_wire(&self) -> &'static str {
        self.name
    }
}

mod sealed {
    pub trait Sealed {}
    impl<T, F> Sealed for super::FieldName<T, F> {}
}

/// What [`Form::FIELDS`](super::Form::FIELDS) is made of; generated code implements it.
#[doc(hidden)]
pub trait FieldNames {
    /// A struct with the form's fields, each a [`FieldName`].
    type Names;

    /// All of them.
    const NAMES: Self::Names;
}
