//! The list of problems, each a link to its field.

use super::attribute::Attributes;
use super::element::element;
use crate::html::{Html, escape};

/// The problems of a form as its page lists them: at its top, so that a person who does not see the page is told first (WCAG 2.2,
/// technique G83).
#[derive(Clone, Debug)]
pub struct Summary {
    pub(super) text: String,
    pub(super) entries: Vec<Entry>,
}

/// One problem of the list.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) sentence: String,
    pub(super) control: Option<String>,
}

impl Summary {
    /// What stands in front of the list.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The problem's sentence, and the id of the control that it is about; none for the form as a whole and for what is hidden.
    pub fn entries(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.entries.iter().map(|entry| (entry.sentence.as_str(), entry.control.as_deref()))
    }

    /// As it is without a theme, in a `div` of these classes.
    pub fn render(&self, classes: &str) -> Html {
        let mut out = String::from("<p>");
        escape::text(&mut out, &self.text);
        out.push_str("</p><ul>");
        for (sentence, control) in self.entries() {
            out.push_str("<li>");
            let mut text = String::new();
            escape::text(&mut text, sentence);
            match control {
                Some(id) => {
                    let link = Attributes::default().with("href", &format!("#{id}"));
                    out.push_str(element("a", &link, &text).as_str());
                }
                None => out.push_str(&text),
            }
            out.push_str("</li>");
        }
        out.push_str("</ul>");
        element("div", &Attributes::default().class(classes).with("role", "alert"), &out)
    }
}
