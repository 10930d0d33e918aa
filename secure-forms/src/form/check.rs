//! What an application's check answers when it does not pass: the value is refused, or nobody can tell at the moment.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use super::problem::Invalid;

/// Why a check did not pass. Checks that ask nobody return [`Invalid`] itself; those that ask a database return this, and
/// write `?` behind every question, so that a database that is gone is neither "fine" nor "wrong".
///
/// ```
/// use secure_forms::form::CheckError;
/// use secure_forms::Invalid;
///
/// fn is_free(name: &str, taken: Result<bool, std::io::Error>) -> Result<(), CheckError> {
///     if taken? { Err(Invalid::new("This name is taken.").into()) } else { Ok(()) }
/// }
///
/// assert!(is_free("ada", Ok(false)).is_ok());
/// assert!(matches!(is_free("ada", Ok(true)), Err(CheckError::Invalid(_))));
/// let gone = Err(std::io::ErrorKind::NotConnected.into());
/// assert!(matches!(is_free("ada", gone), Err(CheckError::Unavailable(_))));
/// ```
#[derive(Clone, Debug)]
pub enum CheckError {
    /// The value is refused: 422, with this sentence.
    Invalid(Invalid),
    /// The check could not be made: 503, and the form as it was typed. The error is for the log, never for the person; it is
    /// the `source()` of the rejected form.
    Unavailable(Unavailable),
}

/// What kept a check from being made.
#[derive(Clone)]
pub struct Unavailable(Arc<dyn Error + Send + Sync>);

impl Unavailable {
    /// The error that the check met.
    pub fn error(&self) -> &(dyn Error + 'static) {
        &*self.0
    }
}

/// Errors of drivers may quote what was asked: only who asks for it sees it.
impl fmt::Debug for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unavailable(…)")
    }
}

impl From<Invalid> for CheckError {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl<E: Error + Send + Sync + 'static> From<E> for CheckError {
    fn from(error: E) -> Self {
        Self::Unavailable(Unavailable(Arc::new(error)))
    }
}
