//! A form that nobody has filled in yet.

use std::fmt;
use std::marker::PhantomData;

use super::Page;
use crate::form::Form;

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
    page: Page,
    form: PhantomData<fn() -> T>,
}

impl<T: Form> Blank<T> {
    /// An empty form without a token; extractors make one that carries it.
    pub fn new() -> Self {
        Self { page: Page::blank(T::SPEC), form: PhantomData }
    }

    pub(crate) fn page_mut(&mut self) -> &mut Page {
        &mut self.page
    }

    /// Fills the form with these values; secrets stay empty.
    #[must_use]
    pub fn with(self, values: &T) -> Page {
        self.page.fill(values.texts())
    }

    /// The empty form.
    pub fn page(self) -> Page {
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
