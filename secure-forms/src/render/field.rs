//! One field on a page: every part of it, and the whole as it is without a theme.

use super::attribute::Attributes;
use super::control::Control;
use super::element::element;
use super::theme::Classes;
use crate::form::{ChoiceOption, FieldSpec, FormView, Input, Presence, TICKED};
use crate::html::{Html, escape};

/// One field of a form on a page. Each of its parts can be read, so that a page or a [`Theme`](crate::render::Theme) can have its own markup.
///
/// ```
/// use secure_forms::{Form, html, testing};
///
/// #[derive(Debug, Form)]
/// struct SignUp {
///     #[field(help = "For the receipt.")]
///     email: String,
/// }
///
/// let rejected = testing::submission("email=").bind::<SignUp>().unwrap_err();
/// let email = rejected.page().part(SignUp::FIELDS.email);
/// let html = html! {
///     label for=(email.id()) { b { (email.label()) } }
///     (email.control())
///     @if let Some(help) = email.help() { small id=[email.help_id()] { (help) } }
///     @for problem in email.problems() { em id=[email.problem_id()] { (problem) } }
/// };
/// assert!(html.as_str().contains("<b>Email</b></label><input type=\"text\" id=\"sign-up-email\""));
/// assert!(html.as_str().ends_with("<em id=\"sign-up-email-error\">Email is required.</em>"));
/// ```
///
/// ```
/// use secure_forms::{Blank, Form, html};
///
/// #[derive(Form)]
/// struct Note {
///     #[field(help = "A line or two.")]
///     text: Option<String>,
/// }
///
/// let page = Blank::<Note>::new().page();
/// let text = page.part(Note::FIELDS.text);
/// let html = html! {
///     (text.label_element()) @if !text.is_required() { " (optional)" }
///     (text.control()) (text.help_element()) (text.problem_element())
/// };
/// assert!(html.as_str().contains("(optional)") && !text.is_hidden());
/// assert_eq!(text.spec().name, text.name());
/// ```
///
/// # Security
/// It never has the text of a secret.
#[derive(Debug)]
pub struct FieldView<'p> {
    control: Control<'p>,
    problem: Option<String>,
    classes: Classes,
}

impl<'p> FieldView<'p> {
    pub(super) fn of(view: &'p FormView, index: usize, field: &'static FieldSpec, classes: Classes) -> Self {
        let problem = view.report().for_field(field.name).map(|problem| view.messages.problem(problem));
        let control = Control::new(view, field, view.text(index), problem.is_some());
        Self { control, problem, classes }
    }

    /// Its name on the wire.
    pub fn name(&self) -> &'static str {
        self.spec().name
    }

    /// The control's id, to which its label leads.
    pub fn id(&self) -> &str {
        &self.control.id
    }

    /// The label's text.
    pub fn label(&self) -> &'static str {
        self.spec().label
    }

    /// The text that the control shows, as it was typed; none of a secret.
    pub fn text(&self) -> Option<&'p str> {
        self.control.text
    }

    /// The hint's text.
    pub fn help(&self) -> Option<&'static str> {
        self.spec().help
    }

    /// The id of the hint's element, which the control names (`aria-describedby`); none without a hint.
    pub fn help_id(&self) -> Option<String> {
        self.help().map(|_| self.control.note_id("help"))
    }

    /// What is wrong with it, as sentences in the page's language; mostly none or one.
    pub fn problems(&self) -> &[String] {
        self.problem.as_slice()
    }

    /// The id of the problem's element, which the control names (`aria-describedby`); none without a problem.
    pub fn problem_id(&self) -> Option<String> {
        self.problem.as_ref().map(|_| self.control.note_id("error"))
    }

    /// Whether it must come.
    pub fn is_required(&self) -> bool {
        self.spec().kind.presence == Presence::Required
    }

    /// Whether it is not seen.
    pub fn is_hidden(&self) -> bool {
        self.spec().is_hidden()
    }

    /// The offered values, in order; none where any text may come.
    pub fn options(&self) -> &'static [ChoiceOption] {
        self.spec().kind.options
    }

    /// Its row of the form's table.
    pub fn spec(&self) -> &'static FieldSpec {
        self.control.field
    }

    /// The attributes of its control: those of the rules that a browser knows, and what a screen reader says of it.
    pub fn attributes(&self) -> Attributes {
        self.control.attributes(self.classes.control)
    }

    /// The control alone.
    pub fn control(&self) -> Html {
        self.control.render(self.classes.control)
    }

    /// `<label>`, which leads to the control.
    pub fn label_element(&self) -> Html {
        let attributes = Attributes::default().class(self.classes.label).with("for", self.id());
        element("label", &attributes, &escaped(self.label()))
    }

    /// The hint with its id; nothing without one.
    pub fn help_element(&self) -> Html {
        self.note(self.classes.help, self.help_id(), self.help())
    }

    /// The problem with its id; nothing without one.
    pub fn problem_element(&self) -> Html {
        self.note(self.classes.problem, self.problem_id(), self.problem.as_deref())
    }

    fn note(&self, classes: &str, id: Option<String>, words: Option<&str>) -> Html {
        let (Some(id), Some(words)) = (id, words) else { return Html::default() };
        element("p", &Attributes::default().class(classes).with("id", &id), &escaped(words))
    }

    /// The whole field as it is without a theme: label, control, hint, problem, tied together by their ids.
    pub fn render(&self) -> Html {
        if self.is_hidden() {
            return self.hidden();
        }
        let is_box = self.spec().input() == Input::Checkbox;
        let (label, control) = (self.label_element(), self.control());
        let named = if is_box { [control, label] } else { [label, control] };
        let content: Html = named.into_iter().chain([self.help_element(), self.problem_element()]).collect();
        let classes = if is_box { self.classes.checkbox } else { self.classes.field };
        element("div", &Attributes::default().class(classes), content.as_str())
    }

    /// A box that is not ticked sends nothing (HTML Standard, 4.10.22.4), and so does one that cannot be seen.
    fn hidden(&self) -> Html {
        let field = self.spec();
        if field.kind.input != Input::Checkbox || self.text() == Some(TICKED) {
            self.control()
        } else {
            Html::default()
        }
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape::text(&mut out, text);
    out
}
