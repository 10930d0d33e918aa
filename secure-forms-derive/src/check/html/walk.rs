//! `html!`: the walk over a template, where an element has attributes and content, both of which have nodes. Nodes enter; the steps that write
//! them leave, text with places in between.

use quote::ToTokens;
use syn::{Expr, LitStr};

use super::rule::{Owner, Rule};
use super::within::{Lead, Within};
use super::{attributes, element, literal, rule};
use crate::diagnostic::{Errors, Message};
use crate::model::html::{Arm, Attribute, Element, Name, Node, Place, Step, Value};

const PLAIN: Rule = Rule::Takes(Place::Attribute);

/// One walk over a template, in the order in which a browser reads what it becomes.
pub(super) struct Walk<'e> {
    errors: &'e mut Errors,
    steps: Vec<Step>,
}

impl Walk<'_> {
    pub(super) fn over(template: Vec<Node>, errors: &mut Errors) -> Vec<Step> {
        let mut walk = Walk { errors, steps: Vec::new() };
        walk.nodes(template, &mut Within::Content { is_foreign: false });
        walk.steps
    }

    fn nodes(&mut self, nodes: Vec<Node>, within: &mut Within<'_>) {
        for node in nodes {
            self.node(node, within);
        }
    }

    fn node(&mut self, node: Node, within: &mut Within<'_>) {
        match node {
            Node::Text(text) => self.text(&text, within),
            Node::Splice(value) => self.splice(value, within),
            Node::Element(element) => self.element(element, within),
            Node::Block(nodes) => self.block(nodes, within),
            Node::Let(local) => self.steps.push(Step::Let(local)),
            Node::If { condition, then, otherwise } => {
                let mut other = within.clone();
                let then = self.inside(then, within);
                let otherwise = self.inside(otherwise, &mut other);
                within.join(&other);
                self.steps.push(Step::If { condition, then, otherwise });
            }
            Node::For { pattern, values, body } => {
                within.repeat();
                let body = self.inside(body, within);
                within.repeat();
                self.steps.push(Step::For { pattern, values, body });
            }
            Node::While { condition, body } => {
                within.repeat();
                let body = self.inside(body, within);
                within.repeat();
                self.steps.push(Step::While { condition, body });
            }
            Node::Match { value, arms } => self.select(value, arms, within),
        }
    }

    /// A block has a scope only where a `@let` needs one.
    fn block(&mut self, nodes: Vec<Node>, within: &mut Within<'_>) {
        if nodes.iter().any(|node| matches!(node, Node::Let(_))) {
            let steps = self.inside(nodes, within);
            self.steps.push(Step::Block(steps));
        } else {
            self.nodes(nodes, within);
        }
    }

    fn select(&mut self, value: Expr, arms: Vec<Arm<Vec<Node>>>, within: &mut Within<'_>) {
        let before = within.clone();
        let mut checked = Vec::new();
        for (at, Arm { pattern, guard, body }) in arms.into_iter().enumerate() {
            let mut arm = before.clone();
            checked.push(Arm { pattern, guard, body: self.inside(body, &mut arm) });
            match at {
                0 => *within = arm,
                _ => within.join(&arm),
            }
        }
        self.steps.push(Step::Match { value, arms: checked });
    }

    /// The steps of a part that runs on its own.
    fn inside(&mut self, nodes: Vec<Node>, within: &mut Within<'_>) -> Vec<Step> {
        let outside = std::mem::take(&mut self.steps);
        self.nodes(nodes, within);
        std::mem::replace(&mut self.steps, outside)
    }

    fn text(&mut self, text: &LitStr, within: &mut Within<'_>) {
        match within.text(&text.value()) {
            Ok(markup) => self.push(markup),
            Err(message) => self.refuse(text, message),
        }
    }

    fn splice(&mut self, value: Expr, within: &mut Within<'_>) {
        match within.value() {
            Ok(place) => self.steps.push(Step::Splice { value, place }),
            Err(message) => self.refuse(value, message),
        }
    }

    fn element(&mut self, element: Element, within: &Within<'_>) {
        let Element { name, attributes: written, body } = element;
        let tag = name.lower();
        let Within::Content { is_foreign } = *within else {
            return self.errors.span(name.span, element::misplaced(within, &name.text));
        };
        if let Err(message) = element::may_stand(&tag, is_foreign, body.is_some()) {
            self.errors.span(name.span, message);
        }
        let outside = std::mem::take(&mut self.steps);
        self.tags(&name.text, &tag, is_foreign, written, body);
        let element = std::mem::replace(&mut self.steps, outside);
        self.steps.push(Step::Element(element));
    }

    fn tags(&mut self, name: &str, tag: &str, is_foreign: bool, written: Vec<Attribute>, body: Option<Vec<Node>>) {
        self.push(format!("<{name}"));
        let names = attributes::names(&written);
        self.attributes(&Owner { tag, attributes: &names }, written);
        self.push(">");
        let Some(body) = body else { return };
        // A parser drops one line break behind these tags: this one, not that of a value (13.2.6.4.7).
        if matches!(tag, "pre" | "listing" | "textarea") && !body.is_empty() {
            self.push("\n");
        }
        self.nodes(body, &mut element::content(tag, is_foreign));
        self.push(format!("</{name}>"));
    }

    /// In maud's order: classes, id, then the rest.
    fn attributes(&mut self, owner: &Owner<'_>, written: Vec<Attribute>) {
        attributes::doubled(&written, self.errors);
        let (mut classes, mut toggled, mut ids, mut named) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for attribute in written {
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

    fn push(&mut self, markup: impl Into<String>) {
        self.steps.push(Step::Text(markup.into()));
    }

    fn refuse(&mut self, tokens: impl ToTokens, message: Message) {
        self.errors.at(tokens, message);
    }
}
