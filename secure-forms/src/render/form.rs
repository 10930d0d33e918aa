//! The whole form as markup: the tag with its action and its token, the list of problems, the fields, the button. How they are put
//! together is said by a theme.

use std::fmt;

use secure_forms_core::protocol;

use super::attribute::{Attributes, attribute};
use super::control;
use super::field::FieldView;
use super::summary::{Entry, Summary};
use super::theme::{Classes, Standard, Theme};
use crate::form::{BrowserChecks, FieldName, FormMethod, FormPage, FormView, NamedField, Rejected};
use crate::html::Html;
use crate::route::{SafeRedirect, pairs_of_query};

impl<T> Rejected<T> {
    /// The whole form, as it is shown again.
    pub fn render(&self) -> Html {
        self.page().render()
    }
}

impl<T> FormPage<T> {
    /// One field with all its parts, for markup of one's own: `page.part(SignUp::FIELDS.email)`. See [`FieldView`].
    ///
    /// ```compile_fail,E0308
    /// # use secure_forms::{Blank, Form};
    /// # #[derive(Form)]
    /// # struct SignUp { email: String }
    /// # #[derive(Form)]
    /// # struct Login { name: String }
    /// let lost = Blank::<SignUp>::new().page().part(Login::FIELDS.name).id().to_owned();
    /// ```
    ///
    /// ```
    /// use secure_forms::{Blank, Form, html};
    ///
    /// #[derive(Form)]
    /// struct Note {
    ///     title: String,
    ///     text: String,
    /// }
    ///
    /// // Everything between the form's tags is the page's own.
    /// let page = Blank::<Note>::new().page();
    /// let html = html! {
    ///     (page.open()) (page.summary())
    ///     div { (page.field(Note::FIELDS.title)) @if let Some(text) = page.field_by_name("text") { (text) } }
    ///     (page.button()) (page.close())
    /// };
    /// assert!(html.as_str().ends_with("</form>"));
    /// ```
    pub fn part<F>(&self, field: FieldName<T, F>) -> FieldView<'_> {
        FieldView::of(self, field.index(), self.spec_of(field), Classes::DEFAULT)
    }
}

impl FormView {
    /// The form as this theme shows it.
    ///
    /// ```
    /// # use secure_forms::render::{Classes, Theme};
    /// # use secure_forms::{Blank, Form};
    /// # #[derive(Form)]
    /// # struct Note { text: String }
    /// struct Wide;
    ///
    /// impl Theme for Wide {
    ///     fn classes(&self) -> Classes {
    ///         Classes { button: "wide", ..Classes::DEFAULT }
    ///     }
    /// }
    ///
    /// let page = Blank::<Note>::new().page();
    /// assert!(page.theme(&Wide).button().as_str().starts_with("<button type=\"submit\" class=\"wide\">"));
    /// ```
    pub fn theme<'p>(&'p self, theme: &'p dyn Theme) -> Themed<'p> {
        Themed { view: self, theme }
    }

    /// The whole form.
    pub fn render(&self) -> Html {
        self.theme(&Standard).render()
    }

    /// `<form …>` with the token, which comes first so that a server can check it before it reads a file.
    pub fn open(&self) -> Html {
        self.theme(&Standard).open()
    }

    /// The list of problems, each a link to its field; nothing if there are none.
    pub fn summary(&self) -> Html {
        self.theme(&Standard).summary()
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
        self.theme(&Standard).field(field)
    }

    /// The same for a name on the wire that is known only at run time; `None` if the form has no such field.
    pub fn field_by_name(&self, name: &str) -> Option<Html> {
        self.theme(&Standard).field_by_name(name)
    }

    /// The button that sends the form.
    pub fn button(&self) -> Html {
        self.theme(&Standard).button()
    }

    /// `</form>`.
    pub fn close(&self) -> Html {
        Html::from_escaped("</form>".to_owned())
    }

    /// Every field with all its parts, in order, for what shows every form alike; hidden ones too.
    pub fn parts(&self) -> impl Iterator<Item = FieldView<'_>> {
        parts(self, Classes::DEFAULT)
    }

    /// The action, with `next` in its query where the request that asked for the page named one; for a form that is sent by GET,
    /// what must be sent as fields instead: the browser replaces the query (HTML Standard, 4.10.22.3, "mutate action URL").
    fn target(&self) -> (String, Vec<(String, String)>) {
        let next = self.next.as_ref().map(SafeRedirect::as_str);
        if self.spec().method == FormMethod::Get {
            let (path, query) = self.action.split_once('?').unwrap_or((&self.action, ""));
            let is_field = |name: &str| self.spec().fields.iter().any(|field| field.name == name);
            let fixed = pairs_of_query(query).filter(|(name, _)| !is_field(name));
            let next = next.map(|next| (protocol::RETURN_TO_FIELD.to_owned(), next.to_owned()));
            return (path.to_owned(), fixed.chain(next).collect());
        }
        let target = match next {
            Some(next) => {
                let mark = if self.action.contains('?') { '&' } else { '?' };
                format!("{}{mark}{}={}", self.action, protocol::RETURN_TO_FIELD, query_value(next))
            }
            None => self.action.clone(),
        };
        (target, Vec::new())
    }
}

fn parts(view: &FormView, classes: Classes) -> impl Iterator<Item = FieldView<'_>> {
    let fields = view.spec().fields.iter().enumerate();
    fields.map(move |(index, field)| FieldView::of(view, index, field, classes))
}

/// A form with the theme that shows it: the whole, or one part at a time.
#[derive(Clone, Copy)]
pub struct Themed<'p> {
    view: &'p FormView,
    theme: &'p dyn Theme,
}

impl Themed<'_> {
    /// The whole form.
    pub fn render(&self) -> Html {
        let fields = parts(self.view, self.theme.classes()).map(|field| self.part(&field)).collect();
        let content = self.theme.content(self.summary(), fields, self.button());
        [self.open(), content, self.view.close()].into_iter().collect()
    }

    /// `<form …>` with the token.
    pub fn open(&self) -> Html {
        let view = self.view;
        let mut form = Attributes::default().class(self.theme.classes().form);
        attribute(&mut form, "method", if view.spec().method == FormMethod::Get { "get" } else { "post" });
        let (action, query) = view.target();
        if !action.is_empty() {
            attribute(&mut form, "action", &action);
        }
        if view.spec().takes_files() {
            attribute(&mut form, "enctype", "multipart/form-data");
        }
        if view.checks == BrowserChecks::Off {
            form.flag("novalidate");
        }
        let mut out = format!("<form{form}>");
        let token = view.token.as_deref().map(|token| (protocol::CSRF_FIELD.to_owned(), token.to_owned()));
        for (name, value) in token.into_iter().chain(query) {
            let input = Attributes::default().with("type", "hidden").with("name", &name).with("value", &value);
            out.push_str(&format!("<input{}>", input.with("autocomplete", "off")));
        }
        Html::from_escaped(out)
    }

    /// The list of problems; nothing if there are none.
    pub fn summary(&self) -> Html {
        let view = self.view;
        let problems = view.report().problems();
        if problems.is_empty() {
            return Html::default();
        }
        let entries = problems.iter().map(|problem| {
            let field = view.spec().fields.iter().find(|field| field.name == problem.path() && !field.is_hidden());
            Entry { sentence: view.messages.problem(problem), control: field.map(|field| control::id(&view.id, field)) }
        });
        self.theme.summary(&Summary { text: view.messages.summary(problems.len()), entries: entries.collect() })
    }

    /// One field: `page.theme(&MyTheme).field(SignUp::FIELDS.email)`.
    pub fn field(&self, field: impl NamedField) -> Html {
        self.field_by_name(field.on_the_wire()).unwrap_or_default()
    }

    /// The same for a name on the wire that is known only at run time; `None` if the form has no such field.
    pub fn field_by_name(&self, name: &str) -> Option<Html> {
        let (index, field) = self.view.spec().fields.iter().enumerate().find(|(_, field)| field.name == name)?;
        Some(self.part(&FieldView::of(self.view, index, field, self.theme.classes())))
    }

    /// The button that sends the form.
    pub fn button(&self) -> Html {
        self.theme.button(self.view.submit)
    }

    /// What is not seen has nothing that a theme could put together.
    fn part(&self, field: &FieldView<'_>) -> Html {
        if field.is_hidden() { field.render() } else { self.theme.field(field) }
    }
}

impl fmt::Debug for Themed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Themed").field(self.view).finish()
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
