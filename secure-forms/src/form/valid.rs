//! The two ends of a submission: [`Valid`], which is made here and nowhere else, and [`Rejected`].

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use super::bind::Form;
use super::render::Page;
use super::report::Report;

/// A form that passed every rule. There is no public way to make one but binding a submission.
///
/// ```compile_fail
/// use secure_forms::Valid;
/// let forged: Valid<String> = Valid { value: "unchecked".to_owned() };
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Valid<T> {
    value: T,
}

impl<T> Valid<T> {
    pub(super) fn new(value: T) -> Self {
        Self { value }
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
    page: Box<Page>,
    form: PhantomData<fn() -> T>,
}

impl<T: Form> Rejected<T> {
    pub(super) fn new(page: Page) -> Self {
        Self { page: Box::new(page), form: PhantomData }
    }

    /// What is wrong.
    pub fn report(&self) -> &Report {
        self.page.report()
    }

    /// The form as it is shown again: errors beside their fields, the typed text in place.
    pub fn page(&self) -> &Page {
        &self.page
    }

    pub(crate) fn page_mut(&mut self) -> &mut Page {
        &mut self.page
    }

    pub(crate) fn into_page(self) -> Page {
        *self.page
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
