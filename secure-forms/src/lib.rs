//! Forms, redirects, queries, headers and cookies for web apps: **if it compiles, it is not injectable.**
#![forbid(unsafe_code)]

// Lets the paths that the macros emit work inside this crate's own tests.
extern crate self as secure_forms;

#[doc(hidden)]
#[path = "__private.rs"]
pub mod __private_0_1;

mod adapter;
mod crypto;
mod form;
mod html;
mod query;
mod request;
mod response;
mod route;
mod session;

pub use crate::crypto::{KeyError, KeyId, KeyRing};
pub use crate::html::Html;
