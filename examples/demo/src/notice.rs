//! What has just been done, told once on the next page: a [`Notice`] enters with a redirect, in a cookie of its own that the page after
//! it takes away.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, header};
use secure_forms::Readable;
use secure_forms::cookie::{CookieError, CookieName, Cookies, SignedCookies};
use serde::{Deserialize, Serialize};

/// Something that was done.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Readable, Serialize)]
pub(crate) enum Notice {
    Registered,
    ProfileSaved,
    FileKept,
    SignedOut,
    SignedOutHere,
}

const NOTICE_COOKIE: CookieName<Notice> = CookieName::new("__Host-notice").max_age(Duration::from_secs(60));

impl Notice {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Registered => "Welcome! Your account is ready.",
            Self::ProfileSaved => "Your profile is saved.",
            Self::FileKept => "Your file is uploaded.",
            Self::SignedOut => "You are signed out.",
            Self::SignedOutHere => {
                "You are signed out on this browser. The site could not note it, so a copy of its cookies would still work for some hours."
            }
        }
    }

    /// Sends the notice with a redirect.
    pub(crate) fn send(self, cookies: &SignedCookies, response: &mut Response) -> Result<(), CookieError> {
        cookies.set(&NOTICE_COOKIE, &self)?.append_to(response.headers_mut());
        Ok(())
    }

    /// The notice that a request carries.
    pub(crate) fn of(headers: &HeaderMap, cookies: &SignedCookies) -> Option<Self> {
        let notice = cookies.get(&Cookies::from_headers(headers), &NOTICE_COOKIE);
        notice.ok().flatten().map(|notice| notice.value)
    }
}

/// Takes the notice away once a page has shown it.
pub(crate) async fn tell_once(request: Request, inner: Next) -> Response {
    let was_sent = Cookies::from_headers(request.headers()).get(NOTICE_COOKIE.name()).is_some();
    let mut response = inner.run(request).await;
    if was_sent && is_page(response.headers()) {
        NOTICE_COOKIE.deletion().append_to(response.headers_mut());
    }
    response
}

fn is_page(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}
