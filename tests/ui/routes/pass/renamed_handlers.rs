//! The twin of the refusals: all that a route can have, in a crate without a prelude.
#![no_implicit_prelude]
#![deny(missing_docs, warnings)]

use ::secure_forms::Routes;
use ::secure_forms::route::{Handlers, Segment};

/// Shadows what generated code must not reach for.
pub struct Option;
/// Another.
pub struct Result;

/// Pages.
#[derive(Routes)]
#[routes(handlers = Shown, crate = ::secure_forms)]
pub enum Page {
    /// The start.
    #[get("/")]
    Home,
    /// A file of somebody.
    #[get("/files/{out}/{found}?{path}&q={query}")]
    File {
        /// Named like the generated code's own.
        out: u64,
        /// A name.
        found: Segment,
        /// A name.
        path: ::std::option::Option<u8>,
        /// A name.
        query: ::std::string::String,
    },
    /// A keyword.
    #[get("/{self_}/{type}/x")]
    Self_ {
        /// A name.
        self_: i8,
        /// A name.
        r#type: u8,
    },
}

fn main() {
    let handlers = Shown { home: 1, file: 2, self_: 3 };
    ::std::assert_eq!(handlers.into_handlers().len(), 3);
    ::std::assert_eq!(Page::Self_ { self_: -1, r#type: 2 }.path().as_str(), "/-1/2/x");
}
