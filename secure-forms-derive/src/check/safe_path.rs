//! `safe_path!`: the path leads to this site, by the same judgement as a path that arrives at run time.

use secure_forms_core::path::{self, Refusal};

use crate::diagnostic::{Errors, Message};
use crate::model::root::Root;
use crate::model::safe_path::{Checked, Written};

/// The normalised path, or the place of the runtime alone.
pub(crate) fn check(written: Written, errors: &mut Errors) -> Result<Checked, Root> {
    let Written { root, path: Some(literal) } = written else { return Err(written.root) };
    match path::redirect(&literal.value()) {
        Ok(path) => Ok(Checked { root, path: path.into_owned() }),
        Err(refusal) => {
            errors.at(&literal, Message::new(refusal).help(help(refusal)));
            Err(root)
        }
    }
}

fn help(refusal: Refusal) -> &'static str {
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
