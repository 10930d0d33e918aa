//! Cookies and CSRF: request headers and keys enter; typed values, verdicts and `Set-Cookie` lines leave. RFC 6265bis.

mod clock;
mod cookie;
mod csrf;
mod identity;
mod readable;

pub use clock::{Clock, Timestamp};
pub use cookie::{
    CookieError, CookieName, CookieNameError, CookieRefusal, Cookies, Opened, SameSite, Secure, SetCookie,
    SignedCookies,
};
pub use csrf::{
    Binding, BindingError, CSRF_COOKIE, CSRF_FIELD, CSRF_HEADER, Csrf, CsrfError, CsrfExempt, CsrfRefusal, CsrfVerdict,
    Evidence, HeaderRefusal, HeaderVerdict, Origin, OriginError, OwnOrigins, Visitor,
};
pub use identity::{
    ARRIVAL_COOKIE, Arrival, IdError, REMEMBER_COOKIE, RememberToken, SESSION_COOKIE, SessionId, VisitorId,
};
pub use readable::Readable;
