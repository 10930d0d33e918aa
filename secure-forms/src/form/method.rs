//! How a form is sent (HTML Standard, 4.10.22.3): by GET, which only reads and carries everything in the URL, or by POST.

use crate::route::{ActionRoutes, PageRoutes, Routes};

/// How a form is sent. `#[form(method = get)]` decides it; without it a form is sent by POST.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FormMethod {
    /// In the query of a URL, by GET or HEAD: for searches. No token, no secret, no file, and nothing may change.
    Get,
    /// In the body of a request that may change something.
    #[default]
    Post,
}

impl FormMethod {
    /// The methods of HTTP that carry such a form, as the `Allow` header names them (RFC 9110, 10.2.1).
    ///
    /// ```
    /// assert_eq!(secure_forms::form::FormMethod::Get.allow(), "GET, HEAD");
    /// ```
    #[must_use]
    pub const fn allow(self) -> &'static str {
        match self {
            Self::Get => "GET, HEAD",
            Self::Post => "POST",
        }
    }
}

/// The type that says of a form that it is sent by GET: its action is a page.
#[derive(Clone, Copy, Debug)]
pub enum GetForm {}

/// The type that says of a form that it is sent by POST: its action is a form target.
#[derive(Clone, Copy, Debug)]
pub enum PostForm {}

/// What a form that is sent by `M` ([`GetForm`] or [`PostForm`]) may have as its action.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the action of this form",
    label = "not where such a form is sent to",
    note = "a form is sent by POST to a variant with `#[post(…)]`; with `#[form(method = get)]` by GET to a variant with `#[get(…)]`"
)]
pub trait ActionOf<M>: Routes {}

#[diagnostic::do_not_recommend]
impl<R: PageRoutes> ActionOf<GetForm> for R {}

#[diagnostic::do_not_recommend]
impl<R: ActionRoutes> ActionOf<PostForm> for R {}
