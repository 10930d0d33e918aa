//! `html!`: a `continue` or `break` in the middle of an element of a loop, which would leave a tag open. The expansion makes it not compile whoever wrote
//! it; here the plain ones get words of their own.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;

use crate::diagnostic::{Errors, Message};
use crate::model::html::Step;

/// Where a jump would lead.
#[derive(Clone, Copy, PartialEq)]
enum Jump {
    /// Out of the whole template, of which nothing is left then.
    OutOfTemplate,
    /// To the next turn, between two elements.
    BetweenElements,
    /// To the next turn, out of an element.
    OutOfElement,
}

pub(super) fn none_in_elements(template: &[Step], errors: &mut Errors) {
    steps(template, Jump::OutOfTemplate, errors);
}

fn steps(all: &[Step], jump: Jump, errors: &mut Errors) {
    for one in all {
        step(one, jump, errors);
    }
}

fn step(step: &Step, jump: Jump, errors: &mut Errors) {
    match step {
        Step::Text(_) => {}
        Step::Splice { value: code, .. } | Step::Optional { option: code, .. } => judge(code, jump, errors),
        Step::Let(local) => judge(local, jump, errors),
        Step::Block(body) => steps(body, jump, errors),
        Step::Element(body) if jump == Jump::BetweenElements => steps(body, Jump::OutOfElement, errors),
        Step::Element(body) => steps(body, jump, errors),
        Step::If { condition, then, otherwise } => {
            judge(condition, jump, errors);
            steps(then, jump, errors);
            steps(otherwise, jump, errors);
        }
        Step::For { values, body, .. } => {
            judge(values, jump, errors);
            steps(body, Jump::BetweenElements, errors);
        }
        Step::While { body, .. } => steps(body, Jump::BetweenElements, errors),
        Step::Match { value, arms } => {
            judge(value, jump, errors);
            for arm in arms {
                judge(&arm.guard, jump, errors);
                steps(&arm.body, jump, errors);
            }
        }
    }
}

fn judge(code: &impl ToTokens, jump: Jump, errors: &mut Errors) {
    if jump != Jump::OutOfElement {
        return;
    }
    let tokens = code.to_token_stream();
    // A loop of the code's own may be left.
    if ["loop", "while", "for"].iter().any(|word| find(tokens.clone(), word).is_some()) {
        return;
    }
    if let Some(word) = find(tokens.clone(), "continue").or_else(|| find(tokens, "break")) {
        let message = Message::new(format_args!("`{word}` would leave the element open"));
        let help = format_args!("write it in front of the element: `@let Some(value) = … else {{ {word} }};`");
        errors.span(word.span(), message.help(help));
    }
}

fn find(tokens: TokenStream, word: &str) -> Option<Ident> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) if ident == word => Some(ident),
        TokenTree::Group(group) => find(group.stream(), word),
        _ => None,
    })
}
