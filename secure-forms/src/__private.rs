//! What generated code may name. Not public: it changes without notice.

pub use std::borrow::Cow;
pub use std::clone::Clone;
pub use std::concat;
pub use std::convert::From;
pub use std::fmt::Debug;
pub use std::include_bytes;
pub use std::include_str;
pub use std::marker::PhantomData;
pub use std::module_path;
pub use std::option::Option;
pub use std::option_env;
pub use std::primitive::{bool, f64, i64, str, u8, u64, usize};
pub use std::result::Result;
pub use std::string::String;
pub use std::vec::Vec;

pub use crate::form::definition::Form;
pub use crate::form::field::{Choice, choice, texts};
pub use crate::form::format::{IpVersion, TextFormat};
pub use crate::form::name::FieldNames;
pub use crate::form::problem::{Number, Unit};
pub use crate::form::rule::{Constraint, Decimal, EmailLevel, Length, Range, Rule, Step};
pub use crate::form::{
    Bind, Binder, ChoiceOption, Entry, Field, FieldKind, FieldName, FieldSpec, FieldValue, FormSpec, GetForm, Input,
    Nfc, NoAsyncChecks, NoContext, Numeric, PostForm, ProblemKind, Report, Textual, Trim, Waiting,
};

pub use crate::html::escape;
pub use crate::html::page::{Page, Texts};
pub use crate::html::place::{AttributeText, Content, OwnUrl, Text, Url};
#[cfg(feature = "web")]
pub use crate::response::{Module, Script, StaticFile, Stylesheet, evaluated_policy, local_asset, remote_asset_of};
pub use crate::route::matching::Matched;
pub use crate::route::nest::{check_nested, join_routes};
pub use crate::route::redirect::{SafeRedirect, literal_redirect};
pub use crate::route::routes::Routes;
pub use crate::route::segment::literal_segment;
pub use crate::route::{
    ActionRoutes, Handlers, Method, PageRoutes, PathSegment, PathWriter, QueryPart, QueryValue, Route, RouteError,
    RoutePart, RoutePath, Segment,
};
#[cfg(feature = "web")]
pub use crate::session::readable::Readable;
pub use core::{compile_error, unreachable};
pub use secure_forms_core::pattern;
#[cfg(feature = "derive")]
pub use secure_forms_derive::safe_path;

#[cfg(feature = "sqlite")]
pub use crate::query as sql;
#[cfg(feature = "derive")]
pub use secure_forms_derive::html;
#[cfg(all(feature = "derive", feature = "web"))]
pub use secure_forms_derive::{asset, csp, remote_asset};
#[cfg(all(feature = "derive", feature = "sqlite"))]
pub use secure_forms_derive::{query, query_as, schema};
