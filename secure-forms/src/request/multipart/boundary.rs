//! The boundary that a `Content-Type` names (RFC 2046, 5.1.1): 1 to 70 characters of a closed set.

use crate::request::parameters::{Backslash, Parameters};

/// The most characters of a boundary.
const MAX: usize = 70;

/// The boundary of a `multipart/form-data` line; `None` if there is not exactly one good one.
///
/// # Security
/// A boundary that is empty or of any length would let the sender choose how much each delimiter costs to look for.
pub(crate) fn boundary(content_type: &str) -> Option<String> {
    let parameters = Parameters::parse(content_type.as_bytes(), Backslash::Escapes)?;
    let boundary = std::str::from_utf8(parameters.get(b"boundary")?).ok()?;
    let is_good = (1..=MAX).contains(&boundary.len()) && boundary.bytes().all(is_allowed) && !boundary.ends_with(' ');
    is_good.then(|| boundary.to_owned())
}

fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boundary_has_one_to_seventy_characters_of_the_standard() {
        let of = |boundary: &str| super::boundary(&format!("multipart/form-data; boundary=\"{boundary}\""));
        for good in ["X", "----WebKitFormBoundary7MA4YWxkTrZu0gW", "a b", &"x".repeat(70)] {
            assert_eq!(of(good).as_deref(), Some(good));
        }
        for bad in ["", " ", "a ", "a\tb", "a;b\\\"", "é", "a*b", &"x".repeat(71)] {
            assert_eq!(of(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn there_is_exactly_one() {
        assert_eq!(boundary("multipart/form-data"), None);
        assert_eq!(boundary("multipart/form-data; boundary=a; boundary=a"), None);
        assert_eq!(boundary("multipart/form-data; charset=utf-8; Boundary=a").as_deref(), Some("a"));
    }
}
