//! What the macros read besides tokens: the migrations of the crate that is compiled, and what SQLite says about its statements. Everything that
//! touches files for them is here.

pub(crate) mod migrations;
pub(crate) mod sqlite;
