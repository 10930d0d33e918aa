//! What the adapter needs of an application's state and of its handlers, as traits of our own: the compiler then says what to
//! write where one of them is missing.

use axum::handler::Handler;
use axum_core::extract::FromRef;

use crate::guard::FormGuard;

/// A state in which the [`FormGuard`] is: every state from which `FromRef` gives one. Forms, redirects and typed routes ask it.
///
/// ```
/// use axum::extract::FromRef;
/// use secure_forms::axum::GuardedState;
/// use secure_forms::csrf::OwnOrigins;
/// use secure_forms::{FormGuard, KeyRing};
///
/// #[derive(Clone, FromRef)]
/// struct App {
///     guard: FormGuard,
/// }
///
/// fn takes_forms(_: &impl GuardedState) {}
/// takes_forms(&App { guard: FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?) });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "the state `{Self}` has no `FormGuard`, which forms and typed routes need",
    label = "no `FormGuard` in this state",
    note = "put it into the state, and give the state to the router with `.with_state(App {{ guard, … }})`:\n#[derive(Clone, axum::extract::FromRef)]\nstruct App {{\n    guard: secure_forms::FormGuard,\n    …\n}}",
    note = "`FromRef` is a derive of axum's feature `macros`; by hand it is `impl FromRef<App> for FormGuard`"
)]
pub trait GuardedState {
    /// The guard.
    fn form_guard(&self) -> FormGuard;
}

#[diagnostic::do_not_recommend]
impl<S> GuardedState for S
where
    FormGuard: FromRef<S>,
{
    fn form_guard(&self) -> FormGuard {
        FormGuard::from_ref(self)
    }
}

/// What [`handle`](crate::axum::handle) takes: every handler of axum whose state is a [`GuardedState`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the handler of a typed route",
    label = "not a handler: see the notes for what its arguments may be",
    note = "a form is taken as `Valid<MyForm>` or `Result<Valid<MyForm>, Rejected<MyForm>>`, never as `MyForm` itself",
    note = "a form with `check(async)` is taken as `Submitted<MyForm>`, and then `form.validate(&context).await`",
    note = "what reads the body (`Valid`, `Submitted`) is the last argument; `Blank`, `State` and others stand before it",
    note = "`#[axum::debug_handler(state = MyState)]` above the function says which argument does not fit"
)]
pub trait RouteHandler<T, S>: Handler<T, S> {}

#[diagnostic::do_not_recommend]
impl<H: Handler<T, S>, T, S> RouteHandler<T, S> for H {}
