//! A path on this site, as it stands in `safe_path!`.

use syn::LitStr;

use crate::model::root::Root;

/// `safe_path!("/home")`; none if something else stands there, which has been reported.
pub(crate) struct Written {
    pub(crate) root: Root,
    pub(crate) path: Option<LitStr>,
}

/// A path that leads to no other site, normalised.
pub(crate) struct Checked {
    pub(crate) root: Root,
    pub(crate) path: String,
}
