//! `html!`: every value gets the place where it stands, or is refused there. Elements and their attributes become text with places in between.

mod attributes;
mod element;
mod jump;
mod literal;
mod rule;
mod walk;
mod within;

use self::walk::Walk;
use crate::diagnostic::Errors;
use crate::model::html::{Checked, Node, Step, Written};
use crate::model::root::Root;

/// The steps that write the template, or the place of the runtime alone.
pub(crate) fn check(written: Written, errors: &mut Errors) -> Result<Checked, Root> {
    let Written { root, nodes } = written;
    let steps = places(nodes, errors);
    if errors.is_empty() { Ok(Checked { root, steps }) } else { Err(root) }
}

fn places(template: Vec<Node>, errors: &mut Errors) -> Vec<Step> {
    let steps = Walk::over(template, errors);
    jump::none_in_elements(&steps, errors);
    steps
}
