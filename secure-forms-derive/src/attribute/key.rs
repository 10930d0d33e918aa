//! The one way to read keys, and to say that one is unknown, misplaced, given twice or without its value.

use proc_macro2::{Ident, TokenTree};
use quote::ToTokens;
use syn::meta::ParseNestedMeta;
use syn::{LitStr, Path, Token};

use super::key_table::{Key, Value};
use crate::diagnostic::{Errors, Message, list};
use crate::model::root::Root;
use secure_forms_core::nearest::nearest;

/// What carries an attribute, and the keys that it takes.
#[derive(Clone, Copy)]
pub(crate) struct Carrier<'k, K: Key> {
    /// `a form`
    pub(crate) name: &'k str,
    /// Those that a message proposes.
    pub(crate) fitting: &'k [K],
    /// A whole attribute, for who has written something else.
    pub(crate) example: &'static str,
    /// What is written instead of a key of a neighbour or of another library: `it belongs on the form: …`.
    pub(crate) elsewhere: fn(&str) -> Option<String>,
}

/// For items that no other has keys for.
pub(crate) fn nowhere(_: &str) -> Option<String> {
    None
}

/// The keys of one item as they are read.
pub(crate) struct Keys<'k, K: Key> {
    carrier: Carrier<'k, K>,
    seen: Vec<(K, Ident)>,
}

impl<'k, K: Key> Keys<'k, K> {
    pub(crate) fn of(carrier: Carrier<'k, K>) -> Self {
        Self { carrier, seen: Vec::new() }
    }

    /// Reads all attributes called `name`; `read` gets each known key. A mistake in one key does not hide those behind it.
    pub(crate) fn read(
        &mut self,
        attributes: &[syn::Attribute],
        name: &str,
        errors: &mut Errors,
        mut read: impl FnMut(K, &Ident, &ParseNestedMeta<'_>, &mut Errors) -> syn::Result<()>,
    ) {
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(name)) {
            if !matches!(attribute.meta, syn::Meta::List(_)) {
                let message = Message::new(format_args!("`{name}` has no keys"));
                errors.at(attribute.path(), message.help(format_args!("write `{}`", self.carrier.example)));
                continue;
            }
            let mut is_reported = false;
            let done = attribute.parse_nested_meta(|meta| {
                let Some((key, word)) = self.known(&meta, errors) else { return skip(&meta) };
                let Err(error) = read(key, &word, &meta, errors) else { return Ok(()) };
                is_reported = true;
                errors.syntax(Err(error), self.carrier.example);
                skip(&meta)
            });
            // Of a value that was reported the parser says once more that something is left.
            if !is_reported {
                errors.syntax(done, self.carrier.example);
            }
        }
    }

    /// The key, if it may stand here.
    fn known(&mut self, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> Option<(K, Ident)> {
        let Some(word) = meta.path.get_ident() else {
            let found = meta.path.to_token_stream().to_string().replace(' ', "");
            self.report_unknown(&found, &meta.path, errors);
            return None;
        };
        let name = word.to_string();
        let Some(key) = K::named(&name) else {
            self.report_unknown(&name, &meta.path, errors);
            return None;
        };
        if let Some((_, first)) = self.seen.iter().find(|(first, _)| *first == key)
            && !key.row().repeats
        {
            for place in [first, word] {
                errors.at(place, Message::new(format_args!("`{name}` is given twice")).help("keep one of the two"));
            }
        }
        self.seen.push((key, word.clone()));
        Some((key, word.clone()))
    }

    fn report_unknown(&self, name: &str, at: &Path, errors: &mut Errors) {
        let Carrier { name: carrier, fitting, elsewhere, .. } = self.carrier;
        if let Some(help) = elsewhere(name) {
            return errors.at(at, Message::new(format_args!("`{name}` is no key of {carrier}")).help(help));
        }
        let fitting = || fitting.iter().map(|key| key.row().name);
        let near = nearest(name, fitting());
        let help = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        let keys = list(fitting());
        let message = Message::new(format_args!("unknown key `{name}` on {carrier}"));
        errors.at(at, message.help(format_args!("{help}{carrier} takes {keys}")));
    }
}

/// Skips what belongs to a key that is wrong anyway, so that the keys behind it are read too.
fn skip(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    while !meta.input.is_empty() && !meta.input.peek(Token![,]) {
        meta.input.parse::<TokenTree>()?;
    }
    Ok(())
}

/// What stands behind `key =`; what is wrong with it is reported with the key's example.
pub(crate) fn value<T: syn::parse::Parse>(key: impl Key, meta: &ParseNestedMeta<'_>) -> syn::Result<T> {
    let row = key.row();
    value_like(meta, row.value, row.example)
}

/// What stands behind `key =`; what is wrong with it is reported with this example.
pub(crate) fn value_like<T: syn::parse::Parse>(
    meta: &ParseNestedMeta<'_>,
    what: Value,
    example: &str,
) -> syn::Result<T> {
    let help = format_args!("write `{example}`");
    if !meta.input.peek(Token![=]) {
        let key = meta.path.to_token_stream();
        return Err(syn::Error::new_spanned(&meta.path, Message::new(format_args!("`{key}` has no value")).help(help)));
    }
    let reported =
        |error: syn::Error| syn::Error::new(error.span(), Message::new(format_args!("expected {what}")).help(help));
    meta.value()?.parse().map_err(reported)
}

/// `key = "text"`.
pub(crate) fn text(key: impl Key, meta: &ParseNestedMeta<'_>) -> syn::Result<LitStr> {
    value(key, meta)
}

/// `crate = ::path`, or `crate = crate::path` for a re-export of one's own.
pub(crate) fn root(key: impl Key, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Root> {
    let mut path: Path = value(key, meta)?;
    let first = path.segments.first().map(|first| first.ident.to_string()).unwrap_or_default();
    if path.leading_colon.is_some() || first == "crate" {
        return Ok(Root::at(path));
    }
    let written = path.clone();
    let is_of_module = |name: &String| matches!(name.as_str(), "self" | "super");
    let instead = if is_of_module(&first) {
        let names = path.segments.iter().map(|segment| segment.ident.to_string()).skip_while(is_of_module);
        std::iter::once("crate".to_owned()).chain(names).collect::<Vec<_>>().join("::")
    } else {
        // Most likely meant, and so the rest of the file is judged by it.
        path.leading_colon = Some(Token![::](proc_macro2::Span::call_site()));
        path.to_token_stream().to_string().replace(' ', "")
    };
    let message = Message::new("the path of `crate` is relative")
        .help(format_args!("write `crate = {instead}`"))
        .note("a relative path would mean something else in every module");
    errors.at(written, message);
    Ok(Root::at(path))
}
