//! One form on a page: its table, the texts in it, its problems, and what protects it. Made by `Blank`, `Rejected` or `Valid`.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use super::attribute::attribute;
use super::constraint::BrowserChecks;
use super::control;
use crate::form::definition::Form;
use crate::form::entry::Entry;
use crate::form::message::{English, Messages};
use crate::form::method::{ActionOf, FormMethod};
use crate::form::name::NamedField;
use crate::form::page_context::{PageContext, Prefers};
use crate::form::problem::Invalid;
use crate::form::report::Report;
use crate::form::spec::FormSpec;
use crate::html::{Html, escape};
use crate::route::{SafeRedirect, pairs_of_query};

/// The name of the field that carries the token.
const TOKEN_FIELD: &str = "csrf_token";

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
        self.view.id = control::form_id(self.view.spec, &id.to_string());
        self
    }

    /// Leaves every check to the server (`novalidate`), whose sentences are the same in every browser.
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

    pub(in crate::form) fn refuse(&mut self, invalid: Invalid) {
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

/// What a page shows of a form, whichever form it is: the whole, or one part at a time.
pub struct FormView {
    spec: &'static FormSpec,
    /// What the ids of its controls begin with.
    id: String,
    texts: Vec<Option<String>>,
    report: Report,
    action: String,
    next: Option<SafeRedirect>,
    prefers: Prefers,
    token: Option<String>,
    submit: &'static str,
    checks: BrowserChecks,
    messages: &'static dyn Messages,
}

impl FormView {
    pub(crate) fn blank(spec: &'static FormSpec) -> Self {
        Self {
            spec,
            id: spec.name.to_owned(),
            texts: vec![None; spec.fields.len()],
            report: Report::default(),
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
        let typed = |entry: &Entry<'_>| entry.as_typed().map(str::to_owned);
        let mut page = Self::blank(spec).fill(entries.iter().map(typed).collect());
        page.report = report;
        page
    }

    /// Puts texts into the fields; a secret's is dropped.
    pub(crate) fn fill(mut self, texts: Vec<Option<String>>) -> Self {
        texts.into_iter().enumerate().for_each(|(index, text)| self.set(index, text));
        self
    }

    /// Puts a text into one field; a secret's is dropped.
    pub(crate) fn set(&mut self, index: usize, text: Option<String>) {
        if let (Some(field), Some(place)) = (self.spec.fields.get(index), self.texts.get_mut(index)) {
            *place = text.filter(|_| !field.kind.is_secret());
        }
    }

    /// Makes the page an answer to a request.
    pub(crate) fn answer(&mut self, context: PageContext) {
        self.token = context.token;
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

    /// The form's table.
    pub fn spec(&self) -> &'static FormSpec {
        self.spec
    }

    /// The problems as RFC 9457 problem details, in the page's language.
    pub fn problem_details(&self) -> serde_json::Value {
        self.report.to_problem_details(self.messages)
    }

    /// The whole form.
    pub fn render(&self) -> Html {
        let mut html = self.open();
        html.push(&self.summary());
        for field in self.spec.fields {
            self.field_by_name(field.name).iter().for_each(|field| html.push(field));
        }
        html.push(&self.button());
        html.push(&self.close());
        html
    }

    /// `<form …>` with the token, which comes first so that a server can check it before it reads a file.
    pub fn open(&self) -> Html {
        let mut out = String::from("<form");
        attribute(&mut out, "method", if self.spec.method == FormMethod::Get { "get" } else { "post" });
        let (action, query) = self.target();
        if !action.is_empty() {
            attribute(&mut out, "action", &action);
        }
        if self.spec.takes_files() {
            attribute(&mut out, "enctype", "multipart/form-data");
        }
        if self.checks == BrowserChecks::Off {
            out.push_str(" novalidate");
        }
        out.push('>');
        let token = self.token.as_deref().map(|token| (TOKEN_FIELD.to_owned(), token.to_owned()));
        for (name, value) in token.into_iter().chain(query) {
            out.push_str("<input type=\"hidden\"");
            attribute(&mut out, "name", &name);
            attribute(&mut out, "value", &value);
            attribute(&mut out, "autocomplete", "off");
            out.push('>');
        }
        Html::from_escaped(out)
    }

    /// The action, with `next` in its query where the request that asked for the page named one; for a form that is sent by GET,
    /// what must be sent as fields instead: the browser replaces the query (HTML Standard, 4.10.22.3, "mutate action URL").
    fn target(&self) -> (String, Vec<(String, String)>) {
        let next = self.next.as_ref().map(SafeRedirect::as_str);
        if self.spec.method == FormMethod::Get {
            let (path, query) = self.action.split_once('?').unwrap_or((&self.action, ""));
            let is_field = |name: &str| self.spec.fields.iter().any(|field| field.name == name);
            let fixed = pairs_of_query(query).filter(|(name, _)| !is_field(name));
            let next = next.map(|next| ("next".to_owned(), next.to_owned()));
            return (path.to_owned(), fixed.chain(next).collect());
        }
        let target = match next {
            Some(next) => {
                let mark = if self.action.contains('?') { '&' } else { '?' };
                format!("{}{mark}next={}", self.action, query_value(next))
            }
            None => self.action.clone(),
        };
        (target, Vec::new())
    }

    /// The list of problems, each a link to its field; nothing if there are none.
    pub fn summary(&self) -> Html {
        let mut out = String::new();
        let problems = self.report.problems();
        if !problems.is_empty() {
            out.push_str("<div class=\"form-errors\" role=\"alert\"><p>");
            escape::text(&mut out, &self.messages.summary(problems.len()));
            out.push_str("</p><ul>");
            for problem in problems {
                out.push_str("<li>");
                let sentence = self.messages.problem(problem);
                match self.spec.fields.iter().find(|field| field.name == problem.path && !field.is_hidden()) {
                    Some(field) => control::link_to(&mut out, &control::id(&self.id, field), &sentence),
                    None => escape::text(&mut out, &sentence),
                }
                out.push_str("</li>");
            }
            out.push_str("</ul></div>");
        }
        Html::from_escaped(out)
    }

    /// One field: label, control, hint, problem. `page.field(SignUp::FIELDS.email)`; a misspelt field does not compile.
    ///
    /// ```
    /// use secure_forms::{Blank, Form};
    ///
    /// #[derive(Form)]
    /// struct SignUp {
    ///     email: String,
    /// }
    ///
    /// let page = Blank::<SignUp>::new().page();
    /// assert!(page.field(SignUp::FIELDS.email).as_str().contains("name=\"email\""));
    /// ```
    pub fn field(&self, field: impl NamedField) -> Html {
        self.field_by_name(field.on_the_wire()).unwrap_or_default()
    }

    /// The same for a name on the wire that is known only at run time; `None` if the form has no such field.
    pub fn field_by_name(&self, name: &str) -> Option<Html> {
        let (index, field) = self.spec.fields.iter().enumerate().find(|(_, field)| field.name == name)?;
        let sentence = self.report.for_field(name).map(|problem| self.messages.problem(problem));
        let text = self.texts.get(index).and_then(Option::as_deref);
        let mut out = String::new();
        control::field(&mut out, &self.id, field, text, sentence.as_deref(), self.checks);
        Some(Html::from_escaped(out))
    }

    /// The button that sends the form.
    pub fn button(&self) -> Html {
        let mut out = String::from("<button type=\"submit\">");
        escape::text(&mut out, self.submit);
        out.push_str("</button>");
        Html::from_escaped(out)
    }

    /// `</form>`.
    pub fn close(&self) -> Html {
        Html::from_escaped("</form>".to_owned())
    }
}

/// Visible ASCII for one value of a query: what a redirect's text may hold and a value may not is encoded.
fn query_value(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '&' => out.push_str("%26"),
            '+' => out.push_str("%2B"),
            '#' => out.push_str("%23"),
            plain => out.push(plain),
        }
    }
    out
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
        assert_eq!(FormView::blank(Login::SPEC).fill(texts.to_vec()).texts, [Some("ada".to_owned()), None]);
    }
}
