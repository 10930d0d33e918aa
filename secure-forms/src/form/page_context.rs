//! What a page needs of the request that it answers, as plain data: who reads the request makes it, who shows a form reads it.

use crate::route::ReturnTo;

/// What a page with a form takes from the request that it answers.
///
/// # Security
/// It holds a token and therefore has no `Debug`.
#[derive(Clone, Default)]
pub(crate) struct PageContext {
    /// A fresh token for showing the form; `None` for forms that are sent by GET, and where no token is asked for.
    pub(crate) token: Option<String>,
    /// Where the request wants to go afterwards.
    pub(crate) return_to: ReturnTo,
    /// What the client would rather read.
    pub(crate) prefers: Prefers,
}

/// What a client would rather read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Prefers {
    #[default]
    Html,
    ProblemJson,
}
