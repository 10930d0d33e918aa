//! What `derive(Form)` knows of a struct: as it is [`written`], and as it is [`checked`]. Here is what both have.

pub(crate) mod checked;
pub(crate) mod written;

use quote::ToTokens;
use syn::Type;

/// How it is sent.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Method {
    Get,
    Post,
}

/// Another control than the type's.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Widget {
    Hidden,
    Search,
    Tel,
    Url,
}

/// The kinds of text that a key names, some of which have versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Color,
    Date,
    Hostname,
    Ip,
    Mac,
    Slug,
    Time,
    Url,
    Uuid,
}

/// A number as it stands in Rust.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Number {
    Integer(i128),
    Float(f64),
}

impl Number {
    pub(crate) fn as_f64(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
        }
    }
}

/// A type as a person writes it: `Option<u8>`, not `Option < u8 >`.
pub(crate) fn spelled(ty: &Type) -> String {
    without_spaces(ty)
}

/// Tokens without the spaces around signs.
pub(super) fn without_spaces(tokens: &impl ToTokens) -> String {
    let tokens = tokens.to_token_stream().to_string();
    ["<", ">", "::", "&"]
        .iter()
        .fold(tokens, |text, sign| text.replace(&format!(" {sign}"), sign).replace(&format!("{sign} "), sign))
}
