//! One form on a page, as data: its table, the texts in it, its problems, and what protects it. Made by `Blank`, `Rejected` or
//! `Valid`; `render` turns it into markup.

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::marker::PhantomData;
use std::ops::Deref;

use super::definition::Form;
use super::entry::Entry;
use super::message::{English, Messages};
use super::method::ActionOf;
use super::name::FieldName;
use super::page_context::{PageContext, Prefers};
use super::problem::Invalid;
use super::report::Report;
use super::spec::{FieldKind, FieldSpec, FormSpec, Input};
use super::texts::Texts;
use crate::route::SafeRedirect;

/// The form `T`, ready to be shown. It is read as a [`FormView`].
///
/// # Security
/// Every text in it is escaped for the place where it stands. `Debug` shows no value and no token.
pub struct FormPage<T> {
    view: Box<FormView>,
    form: PhantomData<fn() -> T>,
}

impl<T> FormPage<T> {
    pub(crate) fn of(view: Box<FormView>) -> Self {
        Self { view, form: PhantomData }
    }

    /// The form as one of any kind: for what shows every form alike.
    ///
    /// ```
    /// use secure_forms::form::FormView;
    /// use secure_forms::{Blank, Form};
    ///
    /// #[derive(Form)]
    /// struct Note {
    ///     text: String,
    /// }
    ///
    /// let pages: [Box<FormView>; 1] = [Blank::<Note>::new().page().into_view()];
    /// assert_eq!(pages[0].spec().fields[0].name, "text");
    /// assert!(pages[0].problem_details()["errors"].as_array().is_none_or(Vec::is_empty));
    /// ```
    #[must_use]
    pub fn into_view(self) -> Box<FormView> {
        self.view
    }

    pub(crate) fn fill(mut self, texts: Vec<Option<String>>) -> Self {
        self.view = Box::new(self.view.fill(texts));
        self
    }

    /// Tells this form from others of the same kind on one page: `id` becomes part of the ids of its controls, to which labels, hints and
    /// the links of problems lead. (Ids are unique in a page: HTML Standard, 3.2.6.)
    ///
    /// ```
    /// use secure_forms::{Blank, Form};
    ///
    /// #[derive(Form)]
    /// struct Note {
    ///     text: String,
    /// }
    ///
    /// let html = Blank::<Note>::new().page().id(7).render().to_string();
    /// assert!(html.contains("id=\"note-7-text\"") && html.contains("for=\"note-7-text\""));
    /// ```
    #[must_use]
    pub fn id(mut self, id: impl fmt::Display) -> Self {
        self.view.id = form_id(self.view.spec, &id.to_string()).into();
        self
    }

    /// Leaves every check to the server (`novalidate`), whose sentences are the same in every browser.
    ///
    /// ```
    /// use secure_forms::{Blank, Form};
    ///
    /// #[derive(Form)]
    /// struct Note {
    ///     text: String,
    /// }
    ///
    /// // For trying what the server says.
    /// assert!(Blank::<Note>::new().page().novalidate().render().as_str().contains(" novalidate"));
    /// ```
    #[must_use]
    pub fn novalidate(mut self) -> Self {
        self.view.checks = BrowserChecks::Off;
        self
    }

    /// What the button says.
    #[must_use]
    pub fn submit(mut self, words: &'static str) -> Self {
        self.view.submit = words;
        self
    }

    /// Another language for problems.
    #[must_use]
    pub fn messages(mut self, messages: &'static dyn Messages) -> Self {
        self.view.messages = messages;
        self
    }

    pub(super) fn set(&mut self, index: usize, text: Option<String>) {
        self.view.set(index, text);
    }

    /// The row of this field in the form's table.
    pub(crate) fn spec_of<F>(&self, field: FieldName<T, F>) -> &'static FieldSpec {
        const NONE: FieldSpec = FieldSpec::new("", "", FieldKind::required(Input::Text));
        // Names are made with the table, so that each has its row; who makes one by hand gets an empty one.
        self.view.spec.fields.get(field.index()).unwrap_or(&NONE)
    }

    pub(super) fn refuse(&mut self, invalid: Invalid) {
        self.view.report.invalid(self.view.spec, invalid);
        self.view.report.sort(self.view.spec);
    }
}

impl<T: Form> FormPage<T> {
    /// Sends the form to this route instead of the page's own address: a form target, or a page for a form that is sent by
    /// GET. `next` goes with it.
    ///
    /// # Security
    /// A form's action is a route of this site and never a text from a request.
    #[must_use]
    pub fn action(mut self, target: &impl ActionOf<T::Method>) -> Self {
        self.view.action = target.path().to_string();
        self
    }
}

impl<T> Deref for FormPage<T> {
    type Target = FormView;

    fn deref(&self) -> &FormView {
        &self.view
    }
}

impl<T> fmt::Debug for FormPage<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.view.fmt(f)
    }
}

/// Whether the browser checks the fields before it sends them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BrowserChecks {
    On,
    Off,
}

/// What a page shows of a form, whichever form it is: the whole, or one part at a time.
pub struct FormView {
    spec: &'static FormSpec,
    /// What the ids of its controls begin with.
    pub(crate) id: Cow<'static, str>,
    texts: Texts,
    report: Report,
    pub(crate) action: String,
    pub(crate) next: Option<SafeRedirect>,
    prefers: Prefers,
    pub(crate) token: Option<String>,
    pub(crate) submit: &'static str,
    pub(crate) checks: BrowserChecks,
    pub(crate) messages: &'static dyn Messages,
}

impl FormView {
    pub(crate) fn blank(spec: &'static FormSpec) -> Self {
        Self::of(spec, Texts::none(spec.fields.len()), Report::default())
    }

    fn of(spec: &'static FormSpec, texts: Texts, report: Report) -> Self {
        Self {
            spec,
            id: Cow::Borrowed(spec.name),
            texts,
            report,
            action: String::new(),
            next: None,
            prefers: Prefers::Html,
            token: None,
            submit: "Send",
            checks: BrowserChecks::On,
            messages: &English,
        }
    }

    pub(crate) fn rejected(spec: &'static FormSpec, entries: &[Entry<'_>], mut report: Report) -> Self {
        report.sort(spec);
        let typed = spec.fields.iter().zip(entries).map(|(field, entry)| shown(field, entry.as_typed()));
        Self::of(spec, Texts::of(typed), report)
    }

    /// Puts texts into the fields; a secret's is dropped.
    pub(crate) fn fill(mut self, texts: Vec<Option<String>>) -> Self {
        texts.into_iter().enumerate().for_each(|(index, text)| self.set(index, text));
        self
    }

    /// Puts a text into one field; a secret's is dropped.
    pub(crate) fn set(&mut self, index: usize, text: Option<String>) {
        if let Some(field) = self.spec.fields.get(index) {
            self.texts.set(index, shown(field, text.as_deref()));
        }
    }

    /// Makes the page an answer to a request.
    pub(crate) fn answer(&mut self, context: PageContext) {
        self.token = context.tokens.and_then(|tokens| tokens.token(self.spec));
        self.messages = context.messages;
        self.next = context.return_to.target().cloned();
        self.prefers = context.prefers;
    }

    pub(crate) fn prefers(&self) -> Prefers {
        self.prefers
    }

    /// What is wrong with what was sent.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Where the request that asked for the page wants to go afterwards: for links that hand it on.
    pub fn next(&self) -> Option<&SafeRedirect> {
        self.next.as_ref()
    }

    /// The text of the field at this place in the table, if it has one.
    pub(crate) fn text(&self, index: usize) -> Option<&str> {
        self.texts.get(index)
    }

    /// The form's table.
    pub fn spec(&self) -> &'static FormSpec {
        self.spec
    }

    /// The language of its problems, as a tag (RFC 5646).
    ///
    /// ```
    /// use secure_forms::form::German;
    /// use secure_forms::{Blank, Form};
    ///
    /// #[derive(Form)]
    /// struct Note {
    ///     text: String,
    /// }
    ///
    /// let page = Blank::<Note>::new().page();
    /// assert_eq!(page.lang(), "en");
    /// assert_eq!(page.messages(&German).lang(), "de");
    /// ```
    pub fn lang(&self) -> &'static str {
        self.messages.lang()
    }

    /// The problems as RFC 9457 problem details, in the page's language.
    #[cfg(feature = "web")]
    pub fn problem_details(&self) -> serde_json::Value {
        self.report.to_problem_details(self.messages)
    }
}

/// What a page may show of a field: the text of a secret is dropped before it is kept.
fn shown<'t>(field: &FieldSpec, text: Option<&'t str>) -> Option<&'t str> {
    text.filter(|_| !field.kind.is_secret())
}

/// What the ids of a form begin with that is one of several on its page. Two names stay two: what is neither a letter, a digit, `-` nor
/// `_` is written as its number between dots.
fn form_id(form: &FormSpec, name: &str) -> String {
    let mut id = format!("{}-", form.name);
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') {
            id.push(c);
        } else {
            let _ = write!(id, ".{:x}.", u32::from(c));
        }
    }
    id
}

impl fmt::Debug for FormView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FormPage").field("form", &self.spec.name).field("report", &self.report).finish_non_exhaustive()
    }
}

#[cfg(all(test, feature = "derive"))]
mod tests {
    use super::*;
    use crate::{Form, Secret};

    #[derive(Form)]
    struct Login {
        username: String,
        password: Secret,
    }

    #[test]
    fn the_text_of_a_secret_is_not_kept() {
        let texts = ["ada", "hunter2"].map(|text| Some(text.to_owned()));
        let filled = FormView::blank(Login::SPEC).fill(texts.to_vec());
        let typed = [Entry::Text("ada"), Entry::Text("hunter2")];
        for page in [filled, FormView::rejected(Login::SPEC, &typed, Report::default())] {
            assert_eq!([page.text(0), page.text(1)], [Some("ada"), None]);
            assert!(!format!("{:?}", page.texts).contains("hunter2"), "nor in the buffer");
        }
    }
}
