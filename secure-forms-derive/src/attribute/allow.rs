//! `allow(…)`: what a field takes although it is refused unless it is named.

use proc_macro2::Ident;
use syn::Token;
use syn::meta::ParseNestedMeta;
use syn::parse::Parse as _;

use super::rule::arguments;
use crate::diagnostic::{Errors, Message, list, nearest};
use crate::model::form::Field;

pub(super) const EXAMPLE: &str = "allow(invisible)";

/// What may be allowed.
const NAMES: [&str; 1] = ["invisible"];

/// `allow(invisible)`.
pub(super) fn allow(field: &mut Field, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<()> {
    let content = arguments(meta, EXAMPLE)?;
    let names = content.parse_terminated(Ident::parse, Token![,]).map_err(|error| {
        syn::Error::new(error.span(), Message::new("expected what to allow").help(format_args!("write `{EXAMPLE}`")))
    })?;
    if names.is_empty() {
        errors.at(&meta.path, Message::new("`allow` names nothing").help(format_args!("write `{EXAMPLE}`")));
    }
    for name in names {
        match name.to_string().as_str() {
            "invisible" => field.allows_invisible = true,
            other => {
                let near = nearest(other, NAMES).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
                let help = format!("{near}what can be allowed is {}", list(NAMES));
                errors.at(&name, Message::new(format_args!("nothing called `{other}` can be allowed")).help(help));
            }
        }
    }
    Ok(())
}
