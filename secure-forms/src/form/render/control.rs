//! One field as markup: the label, the control with the constraints that a browser can check, the hint, the problem.

use std::fmt::Write;

use crate::form::problem::Number;
use crate::form::rule::{EmailLevel, Syntax, Test};
use crate::form::spec::{FieldSpec, FormSpec, Input, Lines, Presence, TICKED};
use crate::html::escape;

/// ` name="value"`, escaped.
pub(super) fn attribute(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"");
    escape::attribute(out, value);
    out.push('"');
}

/// The control's id, unique among the forms of a page.
pub(super) fn id(form: &FormSpec, field: &FieldSpec) -> String {
    format!("{}-{}", form.name, field.name)
}

/// A link to a control.
pub(super) fn link_to(out: &mut String, id: &str, words: &str) {
    out.push_str("<a");
    attribute(out, "href", &format!("#{id}"));
    out.push('>');
    escape::text(out, words);
    out.push_str("</a>");
}

impl FieldSpec {
    pub(super) fn is_hidden(&self) -> bool {
        self.input() == Input::Hidden
    }
}

/// What is shown of one field.
struct Shown<'s> {
    field: &'s FieldSpec,
    id: String,
    text: Option<&'s str>,
    problem: Option<&'s str>,
}

/// The whole of one field.
pub(super) fn field(out: &mut String, form: &FormSpec, field: &FieldSpec, text: Option<&str>, problem: Option<&str>) {
    let shown = Shown { field, id: id(form, field), text, problem };
    if field.is_hidden() {
        return shown.input(out, "hidden");
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
        match self.field.input() {
            Input::Text if self.field.lines == Lines::Many => self.text_area(out),
            Input::Select => self.select(out),
            Input::Text => self.input(out, self.kind_of_text()),
            Input::Email => self.input(out, "email"),
            Input::Url => self.input(out, "url"),
            Input::Search => self.input(out, "search"),
            Input::Tel => self.input(out, "tel"),
            Input::Password => self.input(out, "password"),
            Input::Integer { .. } | Input::Float => self.input(out, "number"),
            Input::Checkbox => self.input(out, "checkbox"),
            Input::Hidden => self.input(out, "hidden"),
            Input::File => self.input(out, "file"),
        }
    }

    /// The type of the input whose browsers refuse no more than the rules do. (`time` would refuse seconds, `color` cannot be
    /// left empty, `email` does not know quoted names.)
    fn kind_of_text(&self) -> &'static str {
        let kind = |test: &Test| match test {
            Test::Email(EmailLevel::Html | EmailLevel::Strict) => Some("email"),
            Test::Syntax(Syntax::Date) => Some("date"),
            _ => None,
        };
        self.field.rules.iter().find_map(|rule| kind(&rule.test)).unwrap_or("text")
    }

    fn input(&self, out: &mut String, kind: &str) {
        out.push_str("<input");
        attribute(out, "type", kind);
        self.common(out);
        match self.field.input() {
            Input::Checkbox => {
                attribute(out, "value", TICKED);
                if self.text == Some(TICKED) {
                    out.push_str(" checked");
                }
            }
            Input::File if !self.field.accept.is_empty() => attribute(out, "accept", &self.field.accept.join(",")),
            Input::File | Input::Password => {}
            _ => attribute(out, "value", self.text.unwrap_or_default()),
        }
        self.constraints(out);
        out.push('>');
    }

    fn text_area(&self, out: &mut String) {
        out.push_str("<textarea");
        self.common(out);
        attribute(out, "rows", "5");
        self.constraints(out);
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
        self.constraints(out);
        out.push('>');
        // Without a first entry that stands for none the browser would choose for the person; an entry has words (HTML
        // Standard, 4.10.10).
        out.push_str("<option value=\"\">–</option>");
        for offer in self.field.shape.offers {
            out.push_str("<option");
            attribute(out, "value", offer.value);
            if self.text == Some(offer.value) {
                out.push_str(" selected");
            }
            out.push('>');
            escape::text(out, offer.label);
            out.push_str("</option>");
        }
        out.push_str("</select>");
    }

    /// What every control carries: id, name, and what a screen reader says of it.
    fn common(&self, out: &mut String) {
        attribute(out, "id", &self.id);
        attribute(out, "name", self.field.name);
        if let Some(autocomplete) = self.field.autocomplete {
            attribute(out, "autocomplete", autocomplete);
        }
        if self.field.is_hidden() {
            return;
        }
        if self.field.shape.presence == Presence::Required {
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

    /// The rules that a browser can check, never stricter than the server's.
    fn constraints(&self, out: &mut String) {
        let input = self.field.input();
        let takes_text = match input {
            Input::Text => self.kind_of_text() != "date",
            input => matches!(input, Input::Email | Input::Url | Input::Search | Input::Tel | Input::Password),
        };
        for rule in self.field.rules {
            match &rule.test {
                Test::Length(length) if takes_text => {
                    length.html_min().into_iter().for_each(|min| attribute(out, "minlength", &min.to_string()));
                    length.html_max().into_iter().for_each(|max| attribute(out, "maxlength", &max.to_string()));
                }
                // `pattern` does not exist on a text area.
                Test::Pattern(_, Some(pattern)) if takes_text && self.field.lines == Lines::One => {
                    attribute(out, "pattern", pattern);
                }
                _ => {}
            }
        }
        self.limits(out, input);
    }

    /// Browsers count steps from `min`, and without one from the value that is shown: only a fixed start is theirs, too.
    fn step(&self, out: &mut String, input: Input, least: Option<Number>) {
        let step = self.field.rules.iter().find_map(|rule| match rule.test {
            Test::Step(step) => Some(step.step),
            _ => None,
        });
        let starts_at_min = match (input, least) {
            (Input::Integer { .. }, Some(Number::Integer(_))) | (Input::Integer { min: 0, .. }, None) => true,
            (Input::Float, least) => least.is_some(),
            _ => false,
        };
        match step {
            Some(step) if starts_at_min => attribute(out, "step", &step.to_string()),
            _ if input == Input::Float => attribute(out, "step", "any"),
            _ => {}
        }
    }

    fn limits(&self, out: &mut String, input: Input) {
        let range = self.field.rules.iter().find_map(|rule| match rule.test {
            Test::Range(range) => Some(range),
            _ => None,
        });
        let (least, greatest) = range.map_or((None, None), |range| (range.min, range.max));
        let limits = match input {
            // Browsers count steps of 1 from `min`, so it is whole, too. `i128::MAX` may stand for more.
            Input::Integer { min, max } => [
                Some(Number::Integer(least.map_or(min, |limit| whole(limit, f64::ceil)))),
                greatest
                    .map(|limit| whole(limit, f64::floor))
                    .or((max < i128::MAX).then_some(max))
                    .map(Number::Integer),
            ],
            Input::Float => [least, greatest],
            _ => return,
        };
        self.step(out, input, least);
        for (name, limit) in ["min", "max"].into_iter().zip(limits) {
            if let Some(limit) = limit {
                attribute(out, name, &limit.to_string());
            }
        }
    }
}

/// The whole number on the allowed side of a limit.
fn whole(limit: Number, round: fn(f64) -> f64) -> i128 {
    match limit {
        Number::Integer(value) => value,
        Number::Float(value) => round(value) as i128,
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
            field(&mut out, Login::SPEC, &Login::SPEC.fields[index], Some("hunter2"), None);
            out
        };
        assert!(written(0).contains("value=\"hunter2\""));
        assert!(!written(1).contains("hunter2"), "{}", written(1));
    }
}
