//! One form on a page: its table, the texts in it, its problems, and what protects it. Made by `Blank` or `Rejected`.

use std::fmt;

use super::control;
use crate::form::entry::Entry;
use crate::form::report::Report;
use crate::form::spec::{FieldSpec, FormSpec, Input};
use crate::form::words::{English, Words};
use crate::html::{Html, escape};

/// The name of the field that carries the token.
const TOKEN_FIELD: &str = "csrf_token";

/// A form, ready to be shown.
///
/// # Security
/// Every text in it is escaped for the place where it stands. `Debug` shows no value and no token.
pub struct Page {
    spec: &'static FormSpec,
    texts: Vec<Option<String>>,
    report: Report,
    action: String,
    method: Method,
    token: Option<String>,
    submit: &'static str,
    checks: BrowserChecks,
    words: &'static dyn Words,
}

/// How the form is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Get,
    Post,
}

/// Whether the browser checks the fields before it sends them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BrowserChecks {
    On,
    Off,
}

impl Page {
    pub(crate) fn blank(spec: &'static FormSpec) -> Self {
        Self {
            spec,
            texts: vec![None; spec.fields.len()],
            report: Report::default(),
            action: String::new(),
            method: Method::Post,
            token: None,
            submit: "Send",
            checks: BrowserChecks::On,
            words: &English,
        }
    }

    pub(crate) fn rejected(spec: &'static FormSpec, entries: &[Entry<'_>], report: Report) -> Self {
        let typed = |entry: &Entry<'_>| entry.as_typed().map(str::to_owned);
        let mut page = Self::blank(spec).fill(entries.iter().map(typed).collect());
        page.report = report;
        page
    }

    /// Puts texts into the fields; a secret's is dropped.
    pub(crate) fn fill(mut self, texts: Vec<Option<String>>) -> Self {
        let is_secret = |field: &FieldSpec| field.shape.input == Input::Password;
        self.texts =
            self.spec.fields.iter().zip(texts).map(|(field, text)| text.filter(|_| !is_secret(field))).collect();
        self
    }

    pub(crate) fn protect(&mut self, token: String) {
        self.token = Some(token);
    }

    pub(crate) fn report_mut(&mut self) -> &mut Report {
        &mut self.report
    }

    /// What is wrong with what was sent.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The form's table.
    pub fn spec(&self) -> &'static FormSpec {
        self.spec
    }

    /// Sends the form to this place on the site instead of the page's own address.
    #[must_use]
    pub fn action(mut self, target: impl fmt::Display) -> Self {
        self.set_action(target);
        self
    }

    pub(crate) fn set_action(&mut self, target: impl fmt::Display) {
        self.action = target.to_string();
    }

    /// Sends the form by GET: for searches. Such a form carries no token and must change nothing.
    #[must_use]
    pub fn get(mut self) -> Self {
        self.method = Method::Get;
        self
    }

    /// Leaves every check to the server (`novalidate`), whose sentences are the same in every browser.
    #[must_use]
    pub fn novalidate(mut self) -> Self {
        self.checks = BrowserChecks::Off;
        self
    }

    /// What the button says.
    #[must_use]
    pub fn submit(mut self, words: &'static str) -> Self {
        self.submit = words;
        self
    }

    /// Another language for problems.
    #[must_use]
    pub fn words(mut self, words: &'static dyn Words) -> Self {
        self.words = words;
        self
    }

    /// Adds a problem that the application found after binding: a name that was taken in the same moment, say.
    pub fn refuse(&mut self, invalid: crate::form::Invalid) {
        self.report.invalid(self.spec, invalid);
    }

    /// The problems as RFC 9457 problem details, in the page's language.
    pub fn problem_details(&self) -> serde_json::Value {
        self.report.to_problem_details(self.words)
    }

    /// The whole form.
    pub fn render(&self) -> Html {
        let mut html = self.open();
        html.push(&self.summary());
        for field in self.spec.fields {
            html.push(&self.field(field.name));
        }
        html.push(&self.button());
        html.push(&self.close());
        html
    }

    /// `<form …>` with the token, which comes first so that a server can check it before it reads a file.
    pub fn open(&self) -> Html {
        let mut out = String::from("<form");
        control::attribute(&mut out, "method", if self.method == Method::Get { "get" } else { "post" });
        if !self.action.is_empty() {
            control::attribute(&mut out, "action", &self.action);
        }
        if self.spec.takes_files() {
            control::attribute(&mut out, "enctype", "multipart/form-data");
        }
        if self.checks == BrowserChecks::Off {
            out.push_str(" novalidate");
        }
        out.push('>');
        if let (Some(token), Method::Post) = (&self.token, self.method) {
            out.push_str("<input type=\"hidden\"");
            control::attribute(&mut out, "name", TOKEN_FIELD);
            control::attribute(&mut out, "value", token);
            out.push('>');
        }
        Html::from_escaped(out)
    }

    /// The list of problems, each a link to its field; nothing if there are none.
    pub fn summary(&self) -> Html {
        let mut out = String::new();
        let problems = self.report.problems();
        if !problems.is_empty() {
            out.push_str("<div class=\"form-errors\" role=\"alert\"><p>");
            escape::text(&mut out, &self.words.summary(problems.len()));
            out.push_str("</p><ul>");
            for problem in problems {
                out.push_str("<li>");
                let sentence = self.words.problem(problem);
                match self.spec.fields.iter().find(|field| field.name == problem.path && !field.is_hidden()) {
                    Some(field) => control::link_to(&mut out, &control::id(self.spec, field), &sentence),
                    None => escape::text(&mut out, &sentence),
                }
                out.push_str("</li>");
            }
            out.push_str("</ul></div>");
        }
        Html::from_escaped(out)
    }

    /// One field by its name on the wire: label, control, hint, problem. Nothing if the form has no such field.
    pub fn field(&self, name: &str) -> Html {
        let mut out = String::new();
        if let Some((index, field)) = self.spec.fields.iter().enumerate().find(|(_, field)| field.name == name) {
            let sentence = self.report.for_field(name).map(|problem| self.words.problem(problem));
            let text = self.texts.get(index).and_then(Option::as_deref);
            control::field(&mut out, self.spec, field, text, sentence.as_deref());
        }
        Html::from_escaped(out)
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

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page").field("form", &self.spec.name).field("report", &self.report).finish_non_exhaustive()
    }
}
