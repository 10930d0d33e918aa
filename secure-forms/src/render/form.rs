//! The whole form as markup: the tag with its action and its token, the list of problems, the fields, the button.

use super::attribute::attribute;
use super::control;
use crate::form::{BrowserChecks, FormMethod, FormView, NamedField, Rejected};
use crate::html::{Html, escape};
use crate::route::{SafeRedirect, pairs_of_query};

/// The name of the field that carries the token.
const TOKEN_FIELD: &str = "csrf_token";

impl<T> Rejected<T> {
    /// The whole form, as it is shown again.
    pub fn render(&self) -> Html {
        self.page().render()
    }
}

impl FormView {
    /// The whole form.
    pub fn render(&self) -> Html {
        let mut html = self.open();
        html.push(&self.summary());
        for field in self.spec().fields {
            self.field_by_name(field.name).iter().for_each(|field| html.push(field));
        }
        html.push(&self.button());
        html.push(&self.close());
        html
    }

    /// `<form …>` with the token, which comes first so that a server can check it before it reads a file.
    pub fn open(&self) -> Html {
        let mut out = String::from("<form");
        attribute(&mut out, "method", if self.spec().method == FormMethod::Get { "get" } else { "post" });
        let (action, query) = self.target();
        if !action.is_empty() {
            attribute(&mut out, "action", &action);
        }
        if self.spec().takes_files() {
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
        if self.spec().method == FormMethod::Get {
            let (path, query) = self.action.split_once('?').unwrap_or((&self.action, ""));
            let is_field = |name: &str| self.spec().fields.iter().any(|field| field.name == name);
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
        let problems = self.report().problems();
        if !problems.is_empty() {
            out.push_str("<div class=\"form-errors\" role=\"alert\"><p>");
            escape::text(&mut out, &self.messages.summary(problems.len()));
            out.push_str("</p><ul>");
            for problem in problems {
                out.push_str("<li>");
                let sentence = self.messages.problem(problem);
                match self.spec().fields.iter().find(|field| field.name == problem.path && !field.is_hidden()) {
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
        let (index, field) = self.spec().fields.iter().enumerate().find(|(_, field)| field.name == name)?;
        let sentence = self.report().for_field(name).map(|problem| self.messages.problem(problem));
        let text = self.text(index);
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
