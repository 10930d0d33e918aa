//! The two ends of a submission: [`Valid`] and [`Rejected`]. Binding makes them and nothing else does; a constructor would be
//! compiled once more for every form.

use std::error::Error;
use std::fmt;
use std::ops::Deref;

use super::bind::Binder;
use super::definition::Form;
use super::page::{FormPage, FormView};
use super::page_context::PageContext;
use super::problem::Invalid;
use super::report::Report;
use crate::route::SafeRedirect;

/// A form that passed every rule, sent by a request that may act: its method is the form's, its headers and its token passed.
/// There is no way to make one but binding a submission.
///
/// ```compile_fail
/// use secure_forms::Valid;
/// let forged: Valid<String> = Valid { value: "unchecked".to_owned() };
/// ```
///
/// # Security
/// A function that takes `&Valid<T>` can rely on both; the exceptions carry names that show in review:
/// `Submission::dangerously_without_request`, routes that are exempt from CSRF protection, the feature `testing`.
#[derive(Clone)]
pub struct Valid<T> {
    pub(super) value: T,
    pub(super) context: PageContext,
}

impl<T> Valid<T> {
    /// The end of a binding: a form with a value and no problem is valid, any other is not.
    pub(crate) fn of(value: Option<T>, binder: Binder<'_, '_>) -> Result<Self, Rejected<T>> {
        let rejected = |page| Rejected { page: FormPage::of(page) };
        match value {
            Some(value) => binder.outcome().map(|context| Self { value, context }).map_err(rejected),
            None => Err(rejected(binder.page())),
        }
    }

    /// Where the request wants to go after this form, else `fallback`.
    ///
    /// ```
    /// use secure_forms::{Form, safe_path, testing};
    ///
    /// #[derive(Debug, Form)]
    /// struct Login {
    ///     username: String,
    /// }
    ///
    /// let form = testing::submission("username=ada").bind::<Login>().unwrap();
    /// assert_eq!(form.return_to_or(safe_path!("/profile")).as_str(), "/profile");
    /// ```
    pub fn return_to_or(&self, fallback: impl Into<SafeRedirect>) -> SafeRedirect {
        self.context.return_to.clone().return_to_or(fallback)
    }

    /// The form itself.
    ///
    /// ```
    /// use secure_forms::{Form, testing};
    ///
    /// #[derive(Debug, Form)]
    /// struct Login {
    ///     username: String,
    /// }
    ///
    /// let Login { username } = testing::submission("username=ada").bind::<Login>().unwrap().into_inner();
    /// assert_eq!(username, "ada");
    /// ```
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T: Form> Valid<T> {
    /// Refuses the form after all: a password that is wrong, a name that was taken in the same moment. The form comes back as
    /// any rejected one does, with its values in place (secrets and files excepted) and a fresh token.
    ///
    /// ```
    /// use secure_forms::{Form, Invalid, Secret, testing};
    ///
    /// #[derive(Debug, Form)]
    /// struct Login {
    ///     username: String,
    ///     password: Secret,
    /// }
    ///
    /// let form = testing::submission("username=ada&password=hunter2").bind::<Login>().unwrap();
    /// let rejected = form.reject(Invalid::new("The name or the password is not right."));
    /// assert_eq!(rejected.status(), 422);
    /// assert!(rejected.render().as_str().contains("value=\"ada\""));
    /// assert!(!rejected.render().as_str().contains("hunter2"));
    /// ```
    pub fn reject(self, invalid: Invalid) -> Rejected<T> {
        self.into_parts().1.reject(invalid)
    }

    /// The form itself, and the page with which it can still be refused: for values that are moved into what judges them, as a
    /// password is into the thread that hashes it.
    pub fn into_parts(self) -> (T, FormPage<T>) {
        let mut view = FormView::blank(T::SPEC).fill(self.value.texts());
        view.answer(self.context);
        (self.value, FormPage::of(Box::new(view)))
    }
}

impl<T> Deref for Valid<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Valid<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Valid").field(&self.value).finish()
    }
}

impl<T: PartialEq> PartialEq for Valid<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Valid<T> {}

/// A submission that did not pass: its problems, and what the person typed, for showing the form again.
///
/// ```
/// use secure_forms::{Form, Html, Rejected, testing};
///
/// #[derive(Debug, Form)]
/// struct Age {
///     years: u8,
/// }
///
/// /// The form again, under a heading.
/// fn again(rejected: &Rejected<Age>) -> Html {
///     secure_forms::html! { h1 { "Not quite" } (rejected.page().render()) }
/// }
///
/// let rejected = testing::submission("years=young").bind::<Age>().unwrap_err();
/// assert!(again(&rejected).as_str().contains("value=\"young\""));
/// ```
///
/// # Security
/// Secrets are never kept in it. `Debug` shows the problems and no value.
pub struct Rejected<T> {
    pub(super) page: FormPage<T>,
}

impl<T> Rejected<T> {
    /// What is wrong.
    pub fn report(&self) -> &Report {
        self.page.report()
    }

    /// The HTTP status that answers it; see [`Report::status`].
    #[cfg(feature = "web")]
    pub fn status(&self) -> http::StatusCode {
        self.report().status()
    }

    /// The form as it is shown again: errors beside their fields, the typed text in place.
    pub fn page(&self) -> &FormPage<T> {
        &self.page
    }

    /// The same, to be changed: another action, other words on the button.
    pub fn into_page(self) -> FormPage<T> {
        self.page
    }
}

impl<T> FormPage<T> {
    /// Refuses the form for what the application found after it had passed: a name that was taken in the same moment, say.
    pub fn reject(mut self, invalid: Invalid) -> Rejected<T> {
        self.refuse(invalid);
        Rejected { page: self }
    }
}

impl<T> fmt::Debug for Rejected<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rejected").field("problems", &self.page.report().problems()).finish_non_exhaustive()
    }
}

impl<T> fmt::Display for Rejected<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the form has {} problems", self.page.report().problems().len())
    }
}

/// The source is what kept a check from being made, if that is why.
impl<T> Error for Rejected<T> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.report().unavailable()
    }
}
