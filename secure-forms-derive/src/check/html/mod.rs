//! `html!`: every value gets the place where it stands, or is refused there. Elements and their attributes become text with places in between.

mod attributes;
mod element;
mod jump;
mod literal;
mod rule;
mod within;

use quote::ToTokens;
use syn::{Expr, LitStr};

use self::within::Within;
use crate::diagnostic::{Errors, Message};
use crate::model::html::{Arm, Checked, Node, Step, Written};
use crate::model::root::Root;

/// The steps that write the template, or the place of the runtime alone.
pub(crate) fn check(written: Written, errors: &mut Errors) -> Result<Checked, Root> {
    let Written { root, nodes } = written;
    let steps = places(nodes, errors);
    if errors.is_empty() { Ok(Checked { root, steps }) } else { Err(root) }
}

fn places(template: Vec<Node>, errors: &mut Errors) -> Vec<Step> {
    let mut walk = Walk { errors, steps: Vec::new() };
    walk.nodes(template, &mut Within::Content { is_foreign: false });
    let Walk { errors, steps } = walk;
    jump::none_in_elements(&steps, errors);
    steps
}

struct Walk<'e> {
    errors: &'e mut Errors,
    steps: Vec<Step>,
}

impl Walk<'_> {
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

    fn push(&mut self, markup: impl Into<String>) {
        self.steps.push(Step::Text(markup.into()));
    }

    fn refuse(&mut self, tokens: impl ToTokens, message: Message) {
        self.errors.at(tokens, message);
    }
}
