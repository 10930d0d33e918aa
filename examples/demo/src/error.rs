//! What of the demo's own errors a person is told: never a cause, always what to do.

use http::StatusCode;
use secure_forms::form::FormPage;
use secure_forms::{Form, Invalid, PageContent, Refused, html};

use crate::limits::RetryAfter;
use crate::passwords::PasswordError;
use crate::store::files::NotKept;

/// Too many people sign in at once, or a hash cannot be made.
impl From<PasswordError> for Refused {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy => Self::of_status(StatusCode::SERVICE_UNAVAILABLE).retry_after(2),
            PasswordError::Hash => Self::internal(error),
        }
    }
}

impl From<RetryAfter> for Refused {
    fn from(wait: RetryAfter) -> Self {
        let seconds = wait.seconds();
        let content = html! {
            h1 { "Too many attempts" }
            p.lead { "That was tried too often. Please wait a little." }
            p { "You may try again in " (span(seconds)) "." }
        };
        Self::page(StatusCode::TOO_MANY_REQUESTS, "Too many attempts", content).retry_after(seconds)
    }
}

impl From<NotKept> for Refused {
    fn from(error: NotKept) -> Self {
        match error {
            NotKept::Quota => Self::of_status(StatusCode::PAYLOAD_TOO_LARGE),
            NotKept::Store(error) => error.into(),
        }
    }
}

/// The form again with everything typed into it, since what could not be done now may be done in a moment.
pub(crate) fn again<T: Form>(
    refused: impl Into<Refused>,
    form: FormPage<T>,
    view: impl FnOnce(FormPage<T>) -> PageContent,
) -> Refused {
    let refused = refused.into();
    let when = refused.wait().map_or_else(|| "later".to_owned(), |seconds| format!("in {}", span(seconds)));
    let sentence = match refused.status() {
        StatusCode::TOO_MANY_REQUESTS => {
            format!("That was tried too often, so nothing was done. Please send it again {when}.")
        }
        StatusCode::SERVICE_UNAVAILABLE => format!("The site cannot do this just now. Please send it again {when}."),
        _ => format!("Something went wrong on our side, and nothing was done. Please send it again {when}."),
    };
    refused.showing(view(form.reject(Invalid::new(sentence)).into_page()))
}

/// A time as a person says it.
fn span(seconds: u64) -> String {
    match seconds {
        1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}
