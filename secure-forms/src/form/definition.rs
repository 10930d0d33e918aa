//! What `#[derive(Form)]` says of a struct: its table, its context, its checks that wait for something.

use super::name::FieldNames;
use super::spec::FormSpec;

/// What `#[derive(Form)]` says of a struct.
pub trait Form: FieldNames + Sized {
    /// The fields' names, each of a type of its own: `Register::FIELDS.email`. What names a field takes one of these, so that
    /// a misspelt field does not compile.
    const FIELDS: Self::Names = Self::NAMES;

    /// What the form's checks may look at: the application's state. [`NoContext`] if they look at nothing else.
    type Context: Sync;

    /// How the form is sent: [`PostForm`](crate::form::PostForm), or [`GetForm`](crate::form::GetForm) with `#[form(method = get)]`.
    type Method;

    /// The form's table.
    const SPEC: &'static FormSpec;

    /// The texts with which a form that holds this value is shown, in the order of the fields.
    fn texts(&self) -> Vec<Option<String>>;
}

/// The context of a form whose checks look at nothing but the form.
#[derive(Debug)]
pub struct NoContext;

/// A form whose checks wait for nothing: it can be an extractor by itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has `check(async)` rules, so it cannot be bound without waiting for them",
    label = "has asynchronous checks",
    note = "take `Submitted<{Self}>` and call `.validate(&context).await`"
)]
pub trait NoAsyncChecks: Form {}
