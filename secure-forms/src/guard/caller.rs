//! Whom the tokens of a request's forms are bound to, once that is known.

use std::sync::{Arc, OnceLock};

use crate::response::Exchange;
use crate::session::Binding;

/// Whether the request brought a cookie that tokens could have been bound to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    Brought,
    None,
}

/// Kept on the request, so that two forms on one page do not set two cookies.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) binding: Binding,
    pub(super) proof: Proof,
    /// What sends the visitor's cookie and `no-store`: without it no page may be given a token.
    pub(super) exchange: Option<Arc<Exchange>>,
}

/// The same for all who read the head of one request, also from copies of it that were taken before anybody was known.
#[derive(Clone, Default)]
pub(super) struct SharedCaller(pub(super) Arc<OnceLock<Known>>);
