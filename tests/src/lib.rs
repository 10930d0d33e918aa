//! What the suites and the `conform` program share: each suite is a function from a case to its answer.

mod bound;
pub mod client_ip;
pub mod cookie;
pub mod csp;
pub mod filename;
pub mod form;
pub mod forms;
pub mod html;
pub mod property;
pub mod redirect;
pub mod render;
pub mod rule;
mod sent;
pub mod sources;
pub mod sql;

use serde_json::Value;

/// A suite: one case in, one answer out.
pub type Suite = fn(&Value) -> Value;

/// Every suite of `conform` by its name.
pub const SUITES: [(&str, Suite); 10] = [
    ("redirect", redirect::answer),
    ("client-ip", client_ip::answer),
    ("rule", rule::answer),
    ("form", form::answer),
    ("render", render::answer),
    ("csp", csp::answer),
    ("sql", sql::answer),
    ("filename", filename::answer),
    ("html", html::answer),
    ("cookie", cookie::answer),
];

/// The suite of this name.
pub fn suite(name: &str) -> Option<Suite> {
    SUITES.iter().find(|(known, _)| *known == name).map(|(_, answer)| *answer)
}

/// The README's example is compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
