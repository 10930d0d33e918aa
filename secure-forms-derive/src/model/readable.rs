//! A type that wants to be `Readable`: where the runtime is, the type's head, and the types of its fields.

use syn::{Generics, Ident, Type};

use crate::model::root::Root;

pub(crate) struct Readable {
    pub(crate) root: Root,
    pub(crate) name: Ident,
    pub(crate) generics: Generics,
    /// Of all variants, in source order.
    pub(crate) fields: Vec<Type>,
}
