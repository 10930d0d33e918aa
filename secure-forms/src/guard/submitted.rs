//! A submission whose form is known already.

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::request::Parts;

use super::config::FormGuard;
use super::submission::Submission;
use crate::form::{Bind, Form, Rejected, Valid};

/// A submitted form that was not judged yet: what a handler takes whose form has asynchronous checks.
///
/// ```
/// use secure_forms::form::NoContext;
/// use secure_forms::{Form, Refused, SafeRedirect, Submitted, safe_path};
///
/// #[derive(Form)]
/// struct Comment {
///     text: String,
/// }
///
/// async fn comment(form: Submitted<Comment>) -> Result<SafeRedirect, Refused> {
///     let form = form.validate(&NoContext).await?;
///     Ok(form.return_to_or(safe_path!("/")))
/// }
/// # let _ = comment;
/// ```
///
/// # Security
/// It gives nothing of the form away before [`Submitted::validate`], which also holds the request's CSRF verdict.
pub struct Submitted<T> {
    submission: Submission,
    form: PhantomData<fn() -> T>,
}

impl<T> Submitted<T> {
    /// Judges the form: the request's own verdict first, then every rule, then the checks that wait for something.
    ///
    /// # Errors
    /// [`Rejected`]: every problem, and the form for showing again.
    pub async fn validate(mut self, context: &T::Context) -> Result<Valid<T>, Rejected<T>>
    where
        T: for<'a> Bind<'a>,
    {
        self.submission.validate(context).await
    }
}

impl<T> fmt::Debug for Submitted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Submitted").field(&self.submission).finish()
    }
}

impl FormGuard {
    /// Reads a form of this kind from a request, files included; see [`FormGuard::submission`].
    pub async fn submitted<T: Form, B>(&self, parts: &mut Parts, body: B) -> Submitted<T>
    where
        B: http_body::Body<Data = Bytes> + Send,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        Submitted { submission: self.submission(parts, body, Some(T::SPEC)).await, form: PhantomData }
    }
}
