//! `html!`: the attributes of an element become text with places in between.

use proc_macro2::Span;
use syn::Expr;

use super::rule::{Owner, Rule};
use super::within::{Lead, Within};
use super::{Walk, literal, rule};
use crate::diagnostic::Message;
use crate::model::html::{Attribute, Name, Node, Place, Step, Value};

const PLAIN: Rule = Rule::Takes(Place::Attribute);

/// The name of each attribute in lower case, with its text if that is one literal.
pub(super) fn names(attributes: &[Attribute]) -> Vec<(String, Option<String>)> {
    attributes
        .iter()
        .map(|attribute| match attribute {
            Attribute::Class { .. } => ("class".to_owned(), None),
            Attribute::Id { .. } => ("id".to_owned(), None),
            Attribute::Named { name, value } => (name.lower(), one_literal(value)),
        })
        .collect()
}

fn one_literal(value: &Value) -> Option<String> {
    match value {
        Value::Given(nodes) => match nodes.as_slice() {
            [Node::Text(text)] => Some(text.value()),
            _ => None,
        },
        Value::Empty | Value::Toggled(_) | Value::Optional(_) => None,
    }
}

impl Walk<'_> {
    /// In maud's order: classes, id, then the rest.
    pub(super) fn attributes(&mut self, owner: &Owner<'_>, attributes: Vec<Attribute>) {
        self.doubled(&attributes);
        let (mut classes, mut toggled, mut ids, mut named) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for attribute in attributes {
            match attribute {
                Attribute::Class { value, condition: None, .. } => classes.push(value),
                Attribute::Class { value, condition: Some(condition), .. } => toggled.push((value, condition)),
                Attribute::Id { value, .. } => ids.push(value),
                Attribute::Named { name, value } => named.push((name, value)),
            }
        }
        self.classes(classes, toggled);
        for id in ids {
            self.push(" id=\"");
            self.value(id, "id", PLAIN);
            self.push("\"");
        }
        for (name, value) in named {
            self.named(owner, &name, value);
        }
    }

    /// A browser reads the first of two alone: the second could be judged by what it is not.
    fn doubled(&mut self, attributes: &[Attribute]) {
        let mut seen: Vec<String> = Vec::new();
        let mut classes = false;
        for attribute in attributes {
            let (name, span): (String, Span) = match attribute {
                Attribute::Class { .. } if classes => continue,
                Attribute::Class { span, .. } => {
                    classes = true;
                    ("class".to_owned(), *span)
                }
                Attribute::Id { span, .. } => ("id".to_owned(), *span),
                Attribute::Named { name, .. } => (name.lower(), name.span),
            };
            if seen.contains(&name) {
                let message = Message::new(format_args!("attribute `{name}` stands twice"));
                self.errors.span(span, message.help("write it once; browsers read only the first"));
            }
            seen.push(name);
        }
    }

    fn classes(&mut self, classes: Vec<Vec<Node>>, toggled: Vec<(Vec<Node>, Expr)>) {
        if classes.is_empty() && toggled.is_empty() {
            return;
        }
        self.push(" class=\"");
        let mut is_first = true;
        for class in classes {
            self.blank(&mut is_first);
            self.value(class, "class", PLAIN);
        }
        for (class, condition) in toggled {
            let outside = std::mem::take(&mut self.steps);
            self.blank(&mut is_first);
            self.value(class, "class", PLAIN);
            let then = std::mem::replace(&mut self.steps, outside);
            self.steps.push(Step::If { condition, then, otherwise: Vec::new() });
        }
        self.push("\"");
    }

    fn blank(&mut self, is_first: &mut bool) {
        if !std::mem::replace(is_first, false) {
            self.push(" ");
        }
    }

    fn named(&mut self, owner: &Owner<'_>, name: &Name, value: Value) {
        if !literal::is_name(&name.text) {
            let message = Message::new(format_args!("`{}` is not the name of one attribute", name.text.escape_debug()));
            self.errors
                .span(name.span, message.help("write a name without blanks, quotes, `<`, `>`, `/`, `=` and `&`"));
            return;
        }
        let rule = rule::of(owner, &name.lower());
        let before = format!(" {}=\"", name.text);
        match value {
            Value::Empty => self.push(format!(" {}", name.text)),
            Value::Toggled(condition) => {
                let then = vec![Step::Text(format!(" {}", name.text))];
                self.steps.push(Step::If { condition, then, otherwise: Vec::new() });
            }
            Value::Optional(option) => {
                let mut within = Within::Value { name: &name.text, rule, lead: Lead::Nothing };
                match within.value() {
                    Ok(place) => self.steps.push(Step::Optional { option, before, place }),
                    Err(message) => self.refuse(option, message),
                }
            }
            Value::Given(nodes) => {
                self.push(before);
                self.value(nodes, &name.text, rule);
                self.push("\"");
            }
        }
    }

    fn value(&mut self, nodes: Vec<Node>, name: &str, rule: Rule) {
        // In one pair of braces, as `name={ … }` has them, the parts follow each other.
        self.nodes(nodes, &mut Within::Value { name, rule, lead: Lead::Nothing });
    }
}
