//! A form that nobody has filled in yet.

use std::fmt;

use super::{FormPage, FormView};
use crate::form::Form;
#[cfg(feature = "axum")]
use crate::form::submission::Envelope;

/// The form of a first GET: empty, or filled with what is known already.
///
/// ```
/// use secure_forms::{Blank, Form};
///
/// #[derive(Form)]
/// struct Profile {
///     display_name: String,
/// }
///
/// let page = Blank::<Profile>::new().with(&Profile { display_name: "Ada".into() });
/// assert!(page.render().as_str().contains("value=\"Ada\""));
/// ```
pub struct Blank<T> {
    page: FormPage<T>,
}

impl<T: Form> Blank<T> {
    /// An empty form without a token; extractors make one that carries it.
    pub fn new() -> Self {
        Self { page: FormPage::of(Box::new(FormView::blank(T::SPEC))) }
    }

    #[cfg(feature = "axum")]
    pub(crate) fn in_envelope(envelope: &dyn Envelope) -> Self {
        let mut view = FormView::blank(T::SPEC);
        view.answer(envelope);
        Self { page: FormPage::of(Box::new(view)) }
    }

    /// Fills the form with these values; secrets stay empty.
    #[must_use]
    pub fn with(self, values: &T) -> FormPage<T> {
        self.page.fill(values.texts())
    }

    /// The empty form.
    pub fn page(self) -> FormPage<T> {
        self.page
    }
}

impl<T: Form> Default for Blank<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for Blank<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.page.fmt(f)
    }
}
