//! What the name of a field's type tells: the compiler tells the rest, but later, and of less.

use syn::{GenericArgument, PathArguments, Type};

use super::form::{spelled, without_spaces};

/// What a type holds, as far as its name tells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Text,
    Number,
    Box,
    File,
    /// The compiler will tell: a type of the application, or one under another name.
    Unknown,
}

impl Holds {
    pub(crate) fn of(ty: &Type) -> Self {
        match value_type(ty).as_str() {
            "bool" | "Accepted" => Self::Box,
            "Upload" => Self::File,
            "Secret" | "EmailAddress" => Self::Text,
            "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128" | "isize"
            | "f32" | "f64" => Self::Number,
            name if is_plain_text(name) => Self::Text,
            _ => Self::Unknown,
        }
    }
}

/// The type without an `Option` around it and without the path to it: `u8` of `std::option::Option<u8>`.
pub(crate) fn value_type(ty: &Type) -> String {
    match ty {
        // Macros hand over types in groups.
        Type::Group(group) => value_type(&group.elem),
        Type::Paren(paren) => value_type(&paren.elem),
        Type::Reference(reference) => format!("&{}", value_type(&reference.elem)),
        Type::Path(path) => match path.path.segments.last() {
            Some(last) if last.ident == "Option" => inner(&last.arguments).map_or_else(|| spelled(ty), value_type),
            Some(last) => without_spaces(last),
            None => spelled(ty),
        },
        _ => spelled(ty),
    }
}

fn inner(arguments: &PathArguments) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// Text that anybody may read: `String`, `&str`, `Cow<str>`.
pub(crate) fn is_plain_text(name: &str) -> bool {
    matches!(name, "String" | "&str") || name.starts_with("Cow<")
}

/// The least and the greatest number of an integer type; `usize` is taken for its widest, and limits are `i128`.
pub(crate) fn integer_limits(name: &str) -> Option<(i128, i128)> {
    Some(match name {
        "u8" => (0, u8::MAX.into()),
        "u16" => (0, u16::MAX.into()),
        "u32" => (0, u32::MAX.into()),
        "u64" | "usize" => (0, u64::MAX.into()),
        "u128" => (0, i128::MAX),
        "i8" => (i8::MIN.into(), i8::MAX.into()),
        "i16" => (i16::MIN.into(), i16::MAX.into()),
        "i32" => (i32::MIN.into(), i32::MAX.into()),
        "i64" | "isize" => (i64::MIN.into(), i64::MAX.into()),
        "i128" => (i128::MIN, i128::MAX),
        _ => return None,
    })
}
