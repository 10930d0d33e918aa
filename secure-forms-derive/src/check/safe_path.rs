//! `safe_path!`: the literal must stay on this site, by the rule that redirects of requests follow too.

use secure_forms_core::path::{self, Refusal};
use syn::LitStr;

use crate::diagnostic::{Errors, Message};

/// The normalised text.
pub(crate) fn judge(literal: &LitStr, errors: &mut Errors) -> Option<String> {
    let text = literal.value();
    match path::redirect(&text) {
        Ok(emitted) => Some(emitted.into_owned()),
        Err(refusal) => {
            errors.at(literal, Message::new(refusal).help(mend(refusal)));
            None
        }
    }
}

fn mend(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Control | Refusal::ControlAfterDecoding => {
            "leave out the control character: it could begin another header"
        }
        Refusal::OtherHostAfterDotSegments => "write the path that it leads to, without `.` and `..`",
        Refusal::OtherHostAfterDecoding => "leave out the encoded slash, backslash or tab at its start",
        Refusal::TooLong { .. } => "shorten the path or its query",
        _ => "a path on this site starts with one `/`, such as `safe_path!(\"/home\")`",
    }
}
