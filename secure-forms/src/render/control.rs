//! One field as markup: the label, the control, the hint, the problem, tied together by their ids.

use super::attribute::attribute;
use super::constraint;
use crate::form::{BrowserChecks, FieldSpec, Input, Presence, TICKED};
use crate::html::escape;

/// The control's id, from which those of its hint and of its problem are made.
pub(super) fn id(form: &str, field: &FieldSpec) -> String {
    format!("{form}-{}", field.name)
}

/// A link to a control.
pub(super) fn link_to(out: &mut String, id: &str, words: &str) {
    out.push_str("<a");
    attribute(out, "href", &format!("#{id}"));
    out.push('>');
    escape::text(out, words);
    out.push_str("</a>");
}

/// What is shown of one field.
struct Shown<'s> {
    field: &'s FieldSpec,
    /// The `type` of its input, or `textarea`, or `select`.
    kind: &'static str,
    id: String,
    text: Option<&'s str>,
    problem: Option<&'s str>,
}

/// The whole of one field of the form whose ids begin with `form`.
pub(super) fn field(
    out: &mut String,
    form: &str,
    field: &FieldSpec,
    text: Option<&str>,
    problem: Option<&str>,
    checks: BrowserChecks,
) {
    let text = text.filter(|_| !field.kind.is_secret());
    let shown = Shown { field, kind: constraint::kind(field, text, checks), id: id(form, field), text, problem };
    if field.is_hidden() {
        // A box that is not ticked sends nothing (HTML Standard, 4.10.22.4), and so does one that cannot be seen.
        if field.kind.input != Input::Checkbox || text == Some(TICKED) {
            shown.input(out);
        }
        return;
    }
    let is_box = field.input() == Input::Checkbox;
    out.push_str(if is_box { "<div class=\"field box\">" } else { "<div class=\"field\">" });
    if is_box {
        shown.control(out);
        shown.label(out);
    } else {
        shown.label(out);
        shown.control(out);
    }
    shown.note(out, "help", field.help);
    shown.note(out, "error", problem);
    out.push_str("</div>");
}

impl Shown<'_> {
    fn label(&self, out: &mut String) {
        out.push_str("<label");
        attribute(out, "for", &self.id);
        out.push('>');
        escape::text(out, self.field.label);
        out.push_str("</label>");
    }

    fn note(&self, out: &mut String, kind: &str, words: Option<&str>) {
        let Some(words) = words else { return };
        out.push_str("<p");
        attribute(out, "class", kind);
        attribute(out, "id", &format!("{}-{kind}", self.id));
        out.push('>');
        escape::text(out, words);
        out.push_str("</p>");
    }

    fn control(&self, out: &mut String) {
        match self.kind {
            "textarea" => self.text_area(out),
            "select" => self.select(out),
            _ => self.input(out),
        }
    }

    fn input(&self, out: &mut String) {
        out.push_str("<input");
        attribute(out, "type", self.kind);
        self.common(out);
        match self.kind {
            "checkbox" => {
                attribute(out, "value", TICKED);
                if self.text == Some(TICKED) {
                    out.push_str(" checked");
                }
            }
            "file" if !self.field.accept.is_empty() => attribute(out, "accept", &self.field.accept.join(",")),
            "file" => {}
            _ if self.field.kind.is_secret() => {}
            _ => attribute(out, "value", self.text.unwrap_or_default()),
        }
        constraint::attributes(out, self.field, self.kind);
        out.push('>');
    }

    fn text_area(&self, out: &mut String) {
        out.push_str("<textarea");
        self.common(out);
        attribute(out, "rows", "5");
        constraint::attributes(out, self.field, self.kind);
        // A parser drops one line break after the tag (HTML Standard, 13.2.6.4.7): this one, not the person's.
        out.push_str(">\n");
        // As the control's value has them (HTML Standard, 4.10.11, API value): a CR could only be a reference, which is a
        // parse error (13.2.5.80).
        escape::text(out, &self.text.unwrap_or_default().replace("\r\n", "\n").replace('\r', "\n"));
        out.push_str("</textarea>");
    }

    fn select(&self, out: &mut String) {
        out.push_str("<select");
        self.common(out);
        out.push('>');
        // Without a first entry that stands for none the browser would choose for the person; an entry has words (HTML
        // Standard, 4.10.10).
        out.push_str("<option value=\"\">–</option>");
        for option in self.field.kind.options {
            out.push_str("<option");
            attribute(out, "value", option.value);
            if self.text == Some(option.value) {
                out.push_str(" selected");
            }
            out.push('>');
            escape::text(out, option.label);
            out.push_str("</option>");
        }
        out.push_str("</select>");
    }

    /// What every control carries: id, name, and what a screen reader says of it.
    fn common(&self, out: &mut String) {
        attribute(out, "id", &self.id);
        attribute(out, "name", self.field.name);
        if let Some(autocomplete) = self.autocomplete() {
            attribute(out, "autocomplete", autocomplete);
        }
        if self.field.is_hidden() {
            return;
        }
        if self.field.kind.presence == Presence::Required {
            out.push_str(" required");
        }
        if self.problem.is_some() {
            attribute(out, "aria-invalid", "true");
        }
        let notes: Vec<String> = [("error", self.problem), ("help", self.field.help)]
            .into_iter()
            .filter_map(|(kind, words)| words.map(|_| format!("{}-{kind}", self.id)))
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
        let written = |index: usize| {
            let mut out = String::new();
            field(&mut out, "login", &Login::SPEC.fields[index], Some("hunter2"), None, BrowserChecks::On);
            out
        };
        assert!(written(0).contains("value=\"hunter2\""));
        assert!(!written(1).contains("hunter2"), "{}", written(1));
    }
}
