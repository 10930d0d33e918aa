//! Cookies with typed names and signed values: a `Cookie` header enters, values that this application signed leave; values enter,
//! `Set-Cookie` lines leave. RFC 6265bis.

mod grammar;
mod name;
mod request;
mod seal;
mod set_cookie;
mod signed;

pub use grammar::CookieNameError;
pub use name::{CookieName, SameSite, Secure};
pub use request::Cookies;
pub use seal::CookieRefusal;
pub use set_cookie::SetCookie;
pub use signed::{CookieError, Opened, SignedCookies};

/// What a browser keeps of a cookie: octets of its name and value together (RFC 6265bis, section 5.6).
pub(crate) const MAX_COOKIE_BYTES: usize = 4096;
