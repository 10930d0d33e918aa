//! What may stand in the name and in the path of a cookie, in functions that also run while compiling. RFC 6265bis, sections 4.1.1 and
//! 4.1.3; RFC 9110, section 5.6.2 (token).

use std::error::Error;
use std::fmt;

use secure_forms_core::protocol;

/// Why text is not the name of a cookie.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum CookieNameError {
    /// It is empty.
    Empty,
    /// It has a character outside a token (RFC 9110, section 5.6.2).
    NotAToken,
    /// It begins with `__Host-`, `__Secure-` or `__Http-` in another case. Browsers apply the prefix all the same.
    PrefixCase,
}

impl CookieNameError {
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Empty => "a cookie needs a name",
            Self::NotAToken => "a cookie name has only letters, digits and !#$%&'*+-.^_`|~ (RFC 9110, token)",
            Self::PrefixCase => {
                "browsers read the prefix of a cookie name without regard to case: spell it `__Host-`, `__Secure-` or `__Http-`"
            }
        }
    }
}

impl fmt::Display for CookieNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

impl Error for CookieNameError {}

pub(super) const fn check(name: &[u8]) -> Option<CookieNameError> {
    if name.is_empty() {
        return Some(CookieNameError::Empty);
    }
    let mut at = 0;
    while at < name.len() {
        if !is_token_byte(name[at]) {
            return Some(CookieNameError::NotAToken);
        }
        at += 1;
    }
    let prefixes = [protocol::HOST_HTTP_PREFIX, protocol::HOST_PREFIX, protocol::SECURE_PREFIX, protocol::HTTP_PREFIX];
    let mut which = 0;
    while which < prefixes.len() {
        let prefix = prefixes[which].as_bytes();
        if starts_in_any_case(name, prefix) && !starts(name, prefix) {
            return Some(CookieNameError::PrefixCase);
        }
        which += 1;
    }
    None
}

const fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~'
        )
}

pub(super) const fn is_path(path: &[u8]) -> bool {
    let mut at = 0;
    while at < path.len() {
        if !path[at].is_ascii_graphic() || path[at] == b';' {
            return false;
        }
        at += 1;
    }
    !path.is_empty() && path[0] == b'/'
}

pub(super) const fn starts(text: &[u8], prefix: &[u8]) -> bool {
    match text.split_at_checked(prefix.len()) {
        Some((head, _)) => same_bytes(head, prefix),
        None => false,
    }
}

const fn starts_in_any_case(text: &[u8], prefix: &[u8]) -> bool {
    match text.split_at_checked(prefix.len()) {
        Some((head, _)) => head.eq_ignore_ascii_case(prefix),
        None => false,
    }
}

/// `==` on slices is not yet `const`.
const fn same_bytes(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    a.len() == b.len()
}
