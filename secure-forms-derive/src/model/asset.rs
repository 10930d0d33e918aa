//! A static file of the site, or one of another site with its hash, as it stands in `asset!` and `remote_asset!`.

use proc_macro2::Ident;
use syn::LitStr;

use crate::model::root::Root;

/// `asset!("static/app.js")`
pub(crate) struct WrittenLocal {
    pub(crate) root: Root,
    pub(crate) path: LitStr,
}

/// `remote_asset!("https://…/lib.js", "sha384-…")`, with the kind where the URL does not show it.
pub(crate) struct WrittenRemote {
    pub(crate) root: Root,
    pub(crate) url: LitStr,
    pub(crate) integrity: Option<LitStr>,
    pub(crate) kind: Option<Ident>,
}

/// Which tag an asset has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Script,
    Module,
    Stylesheet,
    /// None: pictures, fonts and the like.
    Other,
}

impl Kind {
    pub(crate) fn of_extension(extension: &str) -> Self {
        match extension {
            "js" => Self::Script,
            "mjs" => Self::Module,
            "css" => Self::Stylesheet,
            _ => Self::Other,
        }
    }
}

/// A file that was read: what its expansion needs.
pub(crate) struct CheckedLocal {
    pub(crate) root: Root,
    pub(crate) kind: Kind,
    pub(crate) url: String,
    pub(crate) integrity: String,
    pub(crate) content_type: &'static str,
    /// Where the file is on this machine.
    pub(crate) file: String,
}

/// A remote file whose hash can match something.
pub(crate) struct CheckedRemote {
    pub(crate) root: Root,
    pub(crate) kind: Kind,
    pub(crate) url: String,
    pub(crate) integrity: String,
}
