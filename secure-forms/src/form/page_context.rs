//! What a page needs of the request that it answers, as plain data: who reads the request makes it, who shows a form reads it.

use std::sync::Arc;

use super::message::{English, Messages};
use super::spec::FormSpec;
use crate::route::ReturnTo;

/// What a page with a form takes from the request that it answers.
///
/// # Security
/// It can make tokens and therefore has no `Debug`.
#[derive(Clone)]
pub(crate) struct PageContext {
    /// What makes a token when the form is shown; `None` where no token is asked for.
    pub(crate) tokens: Option<Arc<dyn Tokens>>,
    /// Where the request wants to go afterwards.
    pub(crate) return_to: ReturnTo,
    /// What the client would rather read.
    pub(crate) prefers: Prefers,
    /// The language that the client would rather read.
    pub(crate) messages: &'static dyn Messages,
}

/// Makes tokens for pages: a form that is accepted is mostly not shown again, and then pays for none.
pub(crate) trait Tokens: Send + Sync {
    /// A fresh token for showing this form; `None` for forms that are sent by GET, and where it could not be kept from others.
    fn token(&self, form: &FormSpec) -> Option<String>;
}

impl Default for PageContext {
    fn default() -> Self {
        Self { tokens: None, return_to: ReturnTo::default(), prefers: Prefers::default(), messages: &English }
    }
}

/// What a client would rather read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Prefers {
    #[default]
    Html,
    ProblemJson,
}
