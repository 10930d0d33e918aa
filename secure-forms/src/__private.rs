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

pub use crate::form::{
    Bind, Binder, Choice, ChoiceOption, Constraint, Decimal, EmailLevel, Entry, Field, FieldKind, FieldName,
    FieldNames, FieldSpec, FieldValue, Form, FormSpec, GetForm, Input, IpVersion, Length, Nfc, NoAsyncChecks,
    NoContext, Number, Numeric, PostForm, ProblemKind, Range, Report, Rule, Step, TextFormat, Textual, Trim, Unit,
    Waiting, choice, texts,
};

pub use crate::html::place::{AttributeText, Content, OwnUrl, Text, Url};
pub use crate::html::{Page, Texts, escape};
pub use crate::response::{Module, Script, StaticFile, Stylesheet, evaluated_policy, local_asset, remote_asset_of};
pub use crate::route::{
    ActionRoutes, Handlers, Matched, Method, PageRoutes, PathSegment, PathWriter, QueryPart, QueryValue, Route,
    RouteError, RoutePart, RoutePath, Routes, SafeRedirect, Segment, check_nested, join_routes, literal_redirect,
    literal_segment,
};
pub use crate::session::Readable;
pub use core::{compile_error, unreachable};
pub use secure_forms_core::pattern;
#[cfg(feature = "derive")]
pub use secure_forms_derive::safe_path;

#[cfg(feature = "sqlite")]
pub use crate::query as sql;
#[cfg(feature = "derive")]
pub use secure_forms_derive::{asset, csp, html, remote_asset};
#[cfg(all(feature = "derive", feature = "sqlite"))]
pub use secure_forms_derive::{query, query_as, schema};
