//! The twin of the refusals, in a crate without a prelude.
#![no_implicit_prelude]

use ::secure_forms::{ReturnTo, SafeRedirect, safe_path};

const HOME: SafeRedirect = safe_path!("/home");
static SEARCH: SafeRedirect = safe_path!("/search?q=a b#top");

fn main() {
    ::std::assert_eq!(HOME.as_str(), "/home");
    ::std::assert_eq!(SEARCH.as_str(), "/search?q=a%20b#top");
    let next = <ReturnTo as ::std::default::Default>::default().return_to_or(HOME);
    ::std::assert_eq!(next.as_str(), "/home");
}
