//! A form that nobody has filled in yet.

use std::borrow::Cow;
use std::fmt;

use super::definition::Form;
use super::field::Field;
use super::name::FieldName;
use super::page::{FormPage, FormView};
use super::page_context::PageContext;

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

    /// The form in answer to a request.
    pub(crate) fn in_answer(context: PageContext) -> Self {
        let mut view = FormView::blank(T::SPEC);
        view.answer(context);
        Self { page: FormPage::of(Box::new(view)) }
    }

    /// Fills one field: what is known before a person types. The rest stays empty, so that a form with a box to accept or with a file
    /// can be filled, too.
    ///
    /// ```
    /// use secure_forms::{Accepted, Blank, Form};
    ///
    /// #[derive(Form)]
    /// struct Register {
    ///     username: String,
    ///     age: Option<u8>,
    ///     terms: Accepted,
    /// }
    ///
    /// let page = Blank::<Register>::new()
    ///     .set(Register::FIELDS.username, &"ada".to_owned())
    ///     .set(Register::FIELDS.age, &Some(36))
    ///     .page();
    /// assert!(page.field(Register::FIELDS.username).as_str().contains("value=\"ada\""));
    /// assert!(!page.field(Register::FIELDS.terms).as_str().contains("checked"));
    /// ```
    ///
    /// # Security
    /// A secret stays empty.
    #[must_use]
    pub fn set<'v, F: Field<'v>>(mut self, field: FieldName<T, F>, value: &F) -> Self {
        self.page.set(field.index(), value.to_text().map(Cow::into_owned));
        self
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
