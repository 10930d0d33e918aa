//! `allow(…)`: the checks that a field turns off by name.

use proc_macro2::Ident;
use syn::Token;
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;

use super::key_table::{FieldKey, Key};
use super::rule::arguments;
use crate::diagnostic::{Errors, Message, list};
use crate::model::form::written::{Exception, Field};
use secure_forms_core::nearest::nearest;

/// What `allow(…)` takes.
const EXCEPTIONS: [(&str, Exception); 2] = [("invisible", Exception::Invisible), ("readable", Exception::Readable)];

/// `allow(invisible)`, `allow(readable)`.
pub(super) fn allow(field: &mut Field, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<()> {
    let example = FieldKey::Allow.row().example;
    let content = arguments(meta, example)?;
    let names = content.parse_terminated(Ident::parse_any, Token![,]).map_err(|error| {
        syn::Error::new(error.span(), Message::new("expected what to allow").help(format_args!("write `{example}`")))
    })?;
    if names.is_empty() {
        errors.at(&meta.path, Message::new("`allow` names nothing").help(format_args!("write `{example}`")));
    }
    for word in names {
        let name = word.to_string();
        if let Some((_, exception)) = EXCEPTIONS.into_iter().find(|(known, _)| *known == name) {
            field.allowed.push(exception);
            continue;
        }
        let known = EXCEPTIONS.map(|(known, _)| known);
        let near = nearest(&name, known).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        // Most likely meant, so that what it would allow is not reported, too.
        field.allowed.extend(EXCEPTIONS.map(|(_, exception)| exception));
        let message = Message::new(format_args!("`{name}` is nothing that a field allows"));
        errors.at(word, message.help(format_args!("{near}`allow` takes {}", list(known))));
    }
    Ok(())
}
