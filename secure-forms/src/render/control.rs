//! The control of a field: an input, a select or a text area, with the attributes that a browser and a screen reader know.

use super::attribute::{Attributes, attribute};
use super::constraint;
use super::element::element;
use crate::form::{FieldSpec, FormView, Presence, TICKED};
use crate::html::{Html, escape};

/// The control's id, from which those of its hint and of its problem are made.
pub(super) fn id(form: &str, field: &FieldSpec) -> String {
    format!("{form}-{}", field.name)
}

/// What a control shows.
#[derive(Debug)]
pub(super) struct Control<'p> {
    pub(super) field: &'static FieldSpec,
    pub(super) id: String,
    /// Never of a secret.
    pub(super) text: Option<&'p str>,
    /// The `type` of its input, or `textarea`, or `select`.
    kind: &'static str,
    is_wrong: bool,
}

impl<'p> Control<'p> {
    pub(super) fn new(view: &FormView, field: &'static FieldSpec, text: Option<&'p str>, is_wrong: bool) -> Self {
        let text = text.filter(|_| !field.kind.is_secret());
        Self { field, id: id(&view.id, field), text, kind: constraint::kind(field, text, view.checks), is_wrong }
    }

    /// The id of what is said of it.
    pub(super) fn note_id(&self, kind: &str) -> String {
        format!("{}-{kind}", self.id)
    }

    pub(super) fn render(&self, classes: &str) -> Html {
        let attributes = self.attributes(classes);
        match self.kind {
            "textarea" => element("textarea", &attributes, &self.area()),
            "select" => element("select", &attributes, &self.options()),
            _ => Html::from_escaped(format!("<input{attributes}>")),
        }
    }

    pub(super) fn attributes(&self, classes: &str) -> Attributes {
        let mut out = Attributes::default();
        let is_input = !matches!(self.kind, "textarea" | "select");
        if is_input {
            attribute(&mut out, "type", self.kind);
        }
        self.common(&mut out);
        let mut out = out.class(classes);
        if is_input {
            self.value(&mut out);
        }
        if self.kind == "textarea" {
            attribute(&mut out, "rows", "5");
        }
        constraint::attributes(&mut out, self.field, self.kind);
        out
    }

    fn value(&self, out: &mut Attributes) {
        match self.kind {
            "checkbox" => {
                attribute(out, "value", TICKED);
                if self.text == Some(TICKED) {
                    out.flag("checked");
                }
            }
            "file" if !self.field.accept.is_empty() => attribute(out, "accept", &self.field.accept.join(",")),
            "file" => {}
            _ if self.field.kind.is_secret() => {}
            _ => attribute(out, "value", self.text.unwrap_or_default()),
        }
    }

    fn area(&self) -> String {
        // A parser drops one line break after the tag (HTML Standard, 13.2.6.4.7): this one, not the person's.
        let mut out = String::from("\n");
        // As the control's value has them (HTML Standard, 4.10.11, API value): a CR could only be a reference, which is a
        // parse error (13.2.5.80).
        escape::text(&mut out, &self.text.unwrap_or_default().replace("\r\n", "\n").replace('\r', "\n"));
        out
    }

    fn options(&self) -> String {
        // Without a first entry that stands for none the browser would choose for the person; an entry has words (HTML
        // Standard, 4.10.10).
        let mut out = String::from("<option value=\"\">–</option>");
        for option in self.field.kind.options {
            let mut attributes = Attributes::default().with("value", option.value);
            if self.text == Some(option.value) {
                attributes.flag("selected");
            }
            let mut label = String::new();
            escape::text(&mut label, option.label);
            out.push_str(element("option", &attributes, &label).as_str());
        }
        out
    }

    /// What every control carries: id, name, and what a screen reader says of it.
    fn common(&self, out: &mut Attributes) {
        attribute(out, "id", &self.id);
        attribute(out, "name", self.field.name);
        if let Some(autocomplete) = self.autocomplete() {
            attribute(out, "autocomplete", autocomplete);
        }
        if self.field.is_hidden() {
            return;
        }
        if self.field.kind.presence == Presence::Required {
            out.flag("required");
        }
        if self.is_wrong {
            attribute(out, "aria-invalid", "true");
        }
        let notes: Vec<String> = [("error", self.is_wrong), ("help", self.field.help.is_some())]
            .into_iter()
            .filter(|(_, is_there)| *is_there)
            .map(|(kind, _)| self.note_id(kind))
            .collect();
        if !notes.is_empty() {
            attribute(out, "aria-describedby", &notes.join(" "));
        }
    }

    /// Browsers put the values of a page that is loaded again back into its inputs, hidden ones too, and keep what was typed into
    /// text inputs for other pages. A password input is left to the password manager.
    fn autocomplete(&self) -> Option<&'static str> {
        let is_kept_secret = self.field.kind.is_secret() && self.kind != "password";
        match self.field.autocomplete {
            _ if self.field.is_hidden() => Some("off"),
            None if is_kept_secret => Some("off"),
            said => said,
        }
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
    fn a_password_is_not_written_even_if_there_is_one() {
        let view = FormView::blank(Login::SPEC);
        let written = |index: usize| {
            let field = &Login::SPEC.fields[index];
            // As if the text had not been dropped on its way.
            let control = Control { text: Some("hunter2"), ..Control::new(&view, field, Some("hunter2"), false) };
            control.render("").into_string()
        };
        assert!(written(0).contains("value=\"hunter2\""));
        assert!(!written(1).contains("hunter2"), "{}", written(1));
        assert_eq!(Control::new(&view, &Login::SPEC.fields[1], Some("hunter2"), false).text, None);
    }
}
