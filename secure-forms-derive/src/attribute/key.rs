//! The keys of all attributes: which stand where, and the one way to say that a key is unknown, misplaced or given twice.

use proc_macro2::{Ident, TokenTree};
use quote::ToTokens;
use syn::meta::ParseNestedMeta;
use syn::{LitStr, Path, Token};

use crate::diagnostic::{Errors, Message, list};
use crate::model::root::Root;
use secure_forms_core::nearest::nearest;

/// What carries an attribute, and the keys that it takes.
#[derive(Clone, Copy)]
pub(crate) struct Carrier<'k> {
    /// `a form`
    pub(crate) name: &'k str,
    pub(crate) keys: &'k [&'k str],
    /// Those that a message proposes.
    pub(crate) fitting: &'k [&'k str],
    /// A whole attribute, for who has written something else.
    pub(crate) example: &'static str,
}

/// Keys of a neighbour or of another library, each with its mend: `("context", "it belongs on the form: …")`.
pub(crate) type Elsewhere<'k> = &'k [(&'k str, &'k str)];

const FORM_KEYS: &[&str] = &["name", "method", "context", "check", "unknown", "crate"];
pub(crate) const FORM: Carrier<'_> = Carrier {
    name: "a form",
    keys: FORM_KEYS,
    fitting: FORM_KEYS,
    example: "#[form(context = App, check = function)]",
};

const CHOICE_KEYS: &[&str] = &["crate"];
pub(crate) const CHOICE: Carrier<'_> =
    Carrier { name: "a choice", keys: CHOICE_KEYS, fitting: CHOICE_KEYS, example: "#[choice(crate = ::forms)]" };

const VARIANT_KEYS: &[&str] = &["value", "label"];
pub(crate) const VARIANT: Carrier<'_> = Carrier {
    name: "a variant of a choice",
    keys: VARIANT_KEYS,
    fitting: VARIANT_KEYS,
    example: "#[choice(value = \"at\", label = \"Austria\")]",
};

const ROUTES_KEYS: &[&str] = &["crate", "handlers", "prefix", "method"];
pub(crate) const ROUTES: Carrier<'_> = Carrier {
    name: "an enum of routes",
    keys: ROUTES_KEYS,
    fitting: ROUTES_KEYS,
    example: "#[routes(handlers = PageTable)]",
};

pub(crate) const READABLE: Carrier<'_> = Carrier {
    name: "a `Readable` type",
    keys: CHOICE_KEYS,
    fitting: CHOICE_KEYS,
    example: "#[readable(crate = ::forms)]",
};

/// The keys of one item as they are read.
pub(crate) struct Keys<'k> {
    carrier: Carrier<'k>,
    elsewhere: Elsewhere<'k>,
    seen: Vec<Ident>,
}

impl<'k> Keys<'k> {
    pub(crate) fn of(carrier: Carrier<'k>, elsewhere: Elsewhere<'k>) -> Self {
        Self { carrier, elsewhere, seen: Vec::new() }
    }

    /// Reads all attributes called `name`; `read` gets each known key. A mistake in one key does not hide those behind it.
    pub(crate) fn read(
        &mut self,
        attributes: &[syn::Attribute],
        name: &str,
        errors: &mut Errors,
        mut read: impl FnMut(&str, &Ident, &ParseNestedMeta<'_>, &mut Errors) -> syn::Result<()>,
    ) {
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(name)) {
            if !matches!(attribute.meta, syn::Meta::List(_)) {
                let message = Message::new(format_args!("`{name}` has no keys"));
                errors.at(attribute.path(), message.help(format_args!("write `{}`", self.carrier.example)));
                continue;
            }
            let mut is_told = false;
            let done = attribute.parse_nested_meta(|meta| {
                let Some(key) = self.known(&meta, errors) else { return skip(&meta) };
                let Err(error) = read(&key.to_string(), &key, &meta, errors) else { return Ok(()) };
                is_told = true;
                errors.syntax(Err(error), self.carrier.example);
                skip(&meta)
            });
            // Of a value that was told the parser says once more that something is left.
            if !is_told {
                errors.syntax(done, self.carrier.example);
            }
        }
    }

    /// The key, if it may stand here.
    fn known(&mut self, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> Option<Ident> {
        let Some(key) = meta.path.get_ident() else {
            let found = meta.path.to_token_stream().to_string().replace(' ', "");
            self.tell_unknown(&found, &meta.path, errors);
            return None;
        };
        let name = key.to_string();
        if !self.carrier.keys.contains(&name.as_str()) {
            self.tell_unknown(&name, &meta.path, errors);
            return None;
        }
        // A form may have several checks, and a field several patterns too.
        if let Some(first) = self.seen.iter().find(|first| *first == key)
            && !matches!(name.as_str(), "check" | "pattern")
        {
            for place in [first, key] {
                errors.at(place, Message::new(format_args!("`{name}` is given twice")).help("keep one of the two"));
            }
        }
        self.seen.push(key.clone());
        Some(key.clone())
    }

    fn tell_unknown(&self, name: &str, at: &Path, errors: &mut Errors) {
        let Carrier { name: carrier, fitting, .. } = self.carrier;
        if let Some((_, mend)) = self.elsewhere.iter().find(|(key, _)| *key == name) {
            return errors.at(at, Message::new(format_args!("`{name}` is no key of {carrier}")).help(mend));
        }
        let near = nearest(name, fitting.iter().copied());
        let help = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        let keys = list(fitting.iter().copied());
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

/// What stands behind `key =`; what is wrong with it is told with `example`.
pub(crate) fn value<T: syn::parse::Parse>(meta: &ParseNestedMeta<'_>, what: &str, example: &str) -> syn::Result<T> {
    let help = format_args!("write `{example}`");
    if !meta.input.peek(Token![=]) {
        let key = meta.path.to_token_stream();
        return Err(syn::Error::new_spanned(&meta.path, Message::new(format_args!("`{key}` has no value")).help(help)));
    }
    let told =
        |error: syn::Error| syn::Error::new(error.span(), Message::new(format_args!("expected {what}")).help(help));
    meta.value()?.parse().map_err(told)
}

/// `key = "text"`.
pub(crate) fn text(meta: &ParseNestedMeta<'_>, example: &str) -> syn::Result<LitStr> {
    value(meta, "text in quotes", example)
}

/// `crate = ::path`, or `crate = crate::path` for a re-export of one's own.
pub(crate) fn root(meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Root> {
    let mut path: Path = value(meta, "the path of the crate", "crate = ::forms")?;
    let first = path.segments.first().map(|first| first.ident.to_string()).unwrap_or_default();
    if path.leading_colon.is_some() || first == "crate" {
        return Ok(Root::at(path));
    }
    let written = path.clone();
    let is_of_module = |name: &String| matches!(name.as_str(), "self" | "super");
    let mend = if is_of_module(&first) {
        let names = path.segments.iter().map(|segment| segment.ident.to_string()).skip_while(is_of_module);
        std::iter::once("crate".to_owned()).chain(names).collect::<Vec<_>>().join("::")
    } else {
        // Most likely meant, and so the rest of the file is judged by it.
        path.leading_colon = Some(Token![::](proc_macro2::Span::call_site()));
        path.to_token_stream().to_string().replace(' ', "")
    };
    let message = Message::new("the path of `crate` is relative")
        .help(format_args!("write `crate = {mend}`"))
        .note("a relative path would mean something else in every module");
    errors.at(written, message);
    Ok(Root::at(path))
}
