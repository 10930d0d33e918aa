//! What a file field may take: a list in which every entry can match, and limits that leave something to take.

use secure_forms_core::media::{self, AcceptProblem, TYPES};
use syn::LitStr;

use crate::diagnostic::{Errors, Message};
use crate::model::form::written::Field;
use secure_forms_core::nearest::nearest;

pub(super) fn files(field: &Field, errors: &mut Errors) {
    for entry in &field.accept {
        match media::canonical_accept(&entry.value()) {
            Err(problem) => errors.at(entry, never(&entry.value(), problem)),
            Ok(_) if field.max_pixels.is_some() => countable(entry, errors),
            Ok(_) => {}
        }
    }
}

/// An entry that no file matches.
fn never(entry: &str, problem: AcceptProblem) -> Message {
    let names = || TYPES.iter().map(|known| known.name);
    let extensions = || TYPES.iter().flat_map(|known| known.extensions.iter().copied());
    let meant = |near: Option<String>| near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    let forms = "a type is `image/png`, a group `image/*`, an extension `.pdf`";
    let why =
        "a file's type is found from its content; for another type leave `accept` out and read the file in a `check`";
    match problem {
        AcceptProblem::UnknownType => {
            let near = nearest(entry, names()).map(str::to_owned);
            Message::new(format_args!("no file is ever found to be `{entry}`")).help(meant(near) + forms).note(why)
        }
        AcceptProblem::UnknownExtension => {
            let near = nearest(entry.trim_start_matches('.'), extensions()).map(|near| format!(".{near}"));
            Message::new(format_args!("no known type has the extension `{entry}`")).help(meant(near) + forms).note(why)
        }
        AcceptProblem::UnknownGroup if entry == "*/*" => {
            Message::new("`*/*` is no group").help("remove `accept`: without it a field takes files of every type")
        }
        AcceptProblem::UnknownGroup => {
            let groups = ["application/*", "audio/*", "font/*", "image/*", "text/*", "video/*"];
            let near = nearest(entry, groups).map(str::to_owned);
            Message::new(format_args!("no known type is of the group `{entry}`")).help(meant(near) + forms)
        }
        AcceptProblem::NotAType => {
            let near = media::of_extension(entry).map(|_| format!(".{entry}"));
            Message::new(format_args!("`{entry}` is no type, group or extension")).help(meant(near) + forms)
        }
    }
}

/// Under `max_pixels` a picture whose size is not read is refused, so that naming its type promises what is not kept.
fn countable(entry: &LitStr, errors: &mut Errors) {
    let written = entry.value();
    let kind = media::named(&written).or_else(|| media::of_extension(written.trim_start_matches('.')));
    if let Some(kind) = kind.filter(|kind| kind.name.starts_with("image/") && !kind.content.states_pixels()) {
        let message = Message::new(format_args!("the pixels of `{}` cannot be counted", kind.name));
        errors.at(entry, message.help("remove it, or `max_pixels`: PNG, JPEG, GIF, WebP and BMP can be counted"));
    }
}
