//! The rules that the macros apply at compile time and the library at run time: pure functions, no I/O, no macros.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "web")]
pub mod csp;
pub mod media;
pub mod nearest;
pub mod origin;
pub mod path;
pub mod pattern;
pub mod percent;
pub mod protocol;
#[cfg(feature = "sqlite")]
pub mod sqlite;
pub mod value;
pub mod words;
