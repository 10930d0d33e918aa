//! A site's routes: as they were written (`Written`), and once every name is resolved (`Site`).

use proc_macro2::Span;
use syn::{Ident, LitStr, Type, Visibility};

use crate::diagnostic::Errors;
use crate::model::root::Root;

/// The enum with its attributes read; nothing is judged.
pub(crate) struct Written {
    pub(crate) visibility: Visibility,
    pub(crate) name: Ident,
    pub(crate) has_generics: bool,
    pub(crate) options: Options,
    pub(crate) variants: Vec<WrittenVariant>,
}

/// `#[routes(…)]`
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) root: Root,
    pub(crate) handlers: Option<Ident>,
    pub(crate) prefix: Option<LitStr>,
    /// Needed only where no variant has a route of its own.
    pub(crate) method: Option<Method>,
}

pub(crate) struct WrittenVariant {
    pub(crate) name: Ident,
    /// None where the attribute is missing or wrong.
    pub(crate) place: Option<WrittenPlace>,
    /// What reading the variant found, kept here so that all mistakes are told in source order.
    pub(crate) errors: Errors,
}

/// What a variant stands for.
pub(crate) enum WrittenPlace {
    Route(WrittenRoute),
    Nest(WrittenNest),
}

/// `#[nest("/users")] Users(UserPage)`
pub(crate) struct WrittenNest {
    pub(crate) text: LitStr,
    pub(crate) ty: Type,
}

/// `#[get("/users/{id}")]`
pub(crate) struct WrittenRoute {
    /// None where they have no names.
    pub(crate) fields: Option<Vec<Field>>,
    pub(crate) method: Method,
    pub(crate) method_span: Span,
    pub(crate) text: LitStr,
    pub(crate) csrf_exempt: Option<CsrfExempt>,
}

/// `dangerously_without_csrf = "the provider signs the body"`
#[derive(Clone)]
pub(crate) struct CsrfExempt {
    pub(crate) key: Ident,
    pub(crate) reason: LitStr,
}

#[derive(Clone)]
pub(crate) struct Field {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    pub(crate) const ALL: [Self; 5] = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// The name of the attribute.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Put => "put",
            Self::Patch => "patch",
            Self::Delete => "delete",
        }
    }

    /// The name of the runtime's variant.
    pub(crate) fn variant(self) -> &'static str {
        match self {
            Self::Get => "Get",
            Self::Post => "Post",
            Self::Put => "Put",
            Self::Patch => "Patch",
            Self::Delete => "Delete",
        }
    }
}

/// Routes without a mistake.
pub(crate) struct Site {
    pub(crate) visibility: Visibility,
    pub(crate) name: Ident,
    pub(crate) root: Root,
    pub(crate) handlers: Ident,
    pub(crate) method: Method,
    pub(crate) variants: Vec<Variant>,
    pub(crate) nests: Vec<Nest>,
}

/// A variant that holds the routes of another enum.
pub(crate) struct Nest {
    pub(crate) name: Ident,
    pub(crate) handler: Ident,
    /// What every route of the other enum begins with; empty where that may be anything.
    pub(crate) prefix: String,
    /// Where it is written, for what only the compiler finds.
    pub(crate) place: Span,
    pub(crate) ty: Type,
}

pub(crate) struct Variant {
    pub(crate) name: Ident,
    /// The field of the struct of handlers.
    pub(crate) handler: Ident,
    /// The router's pattern.
    pub(crate) pattern: String,
    pub(crate) segments: Vec<Segment>,
    pub(crate) query: Vec<Parameter>,
    /// Why other sites may send to it.
    pub(crate) csrf_exempt: Option<LitStr>,
}

pub(crate) enum Segment {
    Literal(String),
    Field(Box<Field>),
}

/// `name={field}`
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) field: Field,
}

/// The names of a broken item, enough for the rest of the file to type-check.
pub(crate) struct Outline {
    pub(crate) visibility: Visibility,
    pub(crate) name: Ident,
    pub(crate) root: Root,
    pub(crate) handlers: Ident,
    /// Each with the enum that it nests.
    pub(crate) handler_fields: Vec<(Ident, Option<Type>)>,
    /// Then no implementation can be written for it.
    pub(crate) has_generics: bool,
}
