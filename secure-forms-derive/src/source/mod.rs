//! What the macros read besides tokens: the files of assets, the migrations of the crate that is compiled, and what SQLite says about its
//! statements. Everything that touches files for them is here.

#[cfg(feature = "web")]
pub(crate) mod asset;
#[cfg(feature = "sqlite")]
pub(crate) mod migrations;
#[cfg(feature = "sqlite")]
pub(crate) mod sqlite;
