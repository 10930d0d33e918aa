//! Cookies and CSRF: request headers and keys enter; typed values, verdicts and `Set-Cookie` lines leave. RFC 6265bis.

mod clock;
pub(crate) mod cookie;
pub(crate) mod csrf;
mod id;
mod identity;
pub(crate) mod readable;
mod remember;

pub use clock::{Clock, Timestamp};
pub(crate) use cookie::{CookieError, Cookies, SetCookie, SignedCookies};
pub(crate) use csrf::{
    Binding, CSRF_COOKIE, Csrf, CsrfError, CsrfExempt, CsrfRefusal, CsrfVerdict, HeaderVerdict, OwnOrigins,
};
pub use id::IdError;
pub use identity::{ARRIVAL_COOKIE, Arrival, SESSION_COOKIE, SessionId, VisitorId};
pub use remember::{REMEMBER_COOKIE, RememberMe, RememberRow, RememberToken, Remembered, Rotation};
