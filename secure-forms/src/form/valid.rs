//! The two ends of a submission: [`Valid`] and [`Rejected`]. Binding makes them and nothing else does; a constructor would be
//! compiled once more for every form.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use super::definition::Form;
use super::problem::Invalid;
use super::render::FormPage;
use super::report::Report;
use crate::html::Html;
use crate::route::{Next, SafeRedirect};

/// A form that passed every rule. There is no public way to make one but binding a submission.
///
/// ```compile_fail
/// use secure_forms::Valid;
/// let forged: Valid<String> = Valid { value: "unchecked".to_owned() };
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Valid<T> {
    pub(super) value: T,
    pub(super) next: Next,
}

impl<T> Valid<T> {
    /// Where the request wants to go after this form, else `fallback`.
    ///
    /// ```
    /// use secure_forms::{Form, Submission, safe_path};
    ///
    /// #[derive(Debug, Form)]
    /// struct Login {
    ///     username: String,
    /// }
    ///
    /// let form = Submission::from_urlencoded("username=ada").bind::<Login>().unwrap();
    /// assert_eq!(form.next_or(safe_path!("/profile")).as_str(), "/profile");
    /// ```
    pub fn next_or(&self, fallback: impl Into<SafeRedirect>) -> SafeRedirect {
        self.next.clone().next_or(fallback)
    }

    /// The form itself.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Valid<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A submission that did not pass: its problems, and what the person typed, for showing the form again.
///
/// # Security
/// Secrets are never kept in it. `Debug` shows the problems and no value.
pub struct Rejected<T> {
    pub(super) page: Box<FormPage>,
    pub(super) form: PhantomData<fn() -> T>,
}

impl<T: Form> Rejected<T> {
    /// What is wrong.
    pub fn report(&self) -> &Report {
        self.page.report()
    }

    /// The HTTP status that answers it; see [`Report::status`].
    pub fn status(&self) -> http::StatusCode {
        self.report().status()
    }

    /// The whole form, as it is shown again.
    pub fn render(&self) -> Html {
        self.page.render()
    }

    /// The form as it is shown again: errors beside their fields, the typed text in place.
    pub fn page(&self) -> &FormPage {
        &self.page
    }

    /// The same, to be changed: another action, other words on the button.
    pub fn into_page(self) -> FormPage {
        *self.page
    }

    /// Adds a problem that the application found after the form had passed: a name that was taken in the same moment.
    #[must_use]
    pub fn because(mut self, invalid: Invalid) -> Self {
        self.page.refuse(invalid);
        self
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

impl<T> std::error::Error for Rejected<T> {}
