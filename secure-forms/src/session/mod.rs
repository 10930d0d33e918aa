//! Cookies and CSRF: request headers and keys enter; typed values, verdicts and `Set-Cookie` lines leave. RFC 6265bis.

mod clock;
mod cookie;
mod csrf;
mod id;
mod identity;
mod readable;
mod remember;

pub use clock::{Clock, Timestamp};
pub use cookie::{
    CookieError, CookieName, CookieNameError, CookieRefusal, Cookies, Opened, SameSite, Secure, SetCookie,
    SignedCookies,
};
pub use csrf::{
    Binding, BindingError, CSRF_COOKIE, CSRF_FIELD, CSRF_HEADER, Csrf, CsrfError, CsrfExempt, CsrfRefusal, CsrfVerdict,
    Evidence, HeaderRefusal, HeaderVerdict, OwnOrigins, Visitor,
};
pub use id::IdError;
pub use identity::{ARRIVAL_COOKIE, Arrival, SESSION_COOKIE, SessionId, VisitorId};
pub use readable::Readable;
pub use remember::{REMEMBER_COOKIE, RememberMe, RememberRow, RememberToken, Remembered, Rotation};
