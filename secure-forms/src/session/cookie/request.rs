//! Reads `Cookie` request headers: header lines enter, the one value of a name leaves. RFC 6265bis, sections 4.2 and 5.8.

use std::fmt;

use http::HeaderMap;
use http::header::COOKIE;

/// The cookies of a request, found by name. Borrows the headers and copies nothing.
///
/// ```
/// use http::{HeaderMap, HeaderValue, header::COOKIE};
/// use secure_forms::cookie::Cookies;
///
/// let mut headers = HeaderMap::new();
/// headers.insert(COOKIE, HeaderValue::from_static("theme=dark; id=1; id=2"));
/// let cookies = Cookies::from_headers(&headers);
/// assert_eq!(cookies.get("theme"), Some("dark"));
/// assert_eq!(cookies.get("id"), None);
/// ```
///
/// # Security
/// Two cookies of one name count as none: a sibling host or a narrower path may have planted one of them, and nothing in the request
/// tells which. Names are compared byte for byte, and only spaces and tabs around a pair are dropped, so that no look-alike of a
/// `__Host-` name (such as one that begins with a Unicode space) is taken for it.
#[derive(Clone, Copy)]
pub struct Cookies<'h> {
    headers: &'h HeaderMap,
}

impl<'h> Cookies<'h> {
    /// The cookies in all `Cookie` lines of a request; HTTP/2 may send several.
    pub fn from_headers(headers: &'h HeaderMap) -> Self {
        Self { headers }
    }

    /// The value of the only cookie of this name; none if there is no such cookie, or more than one, or it is not UTF-8.
    pub fn get(&self, name: &str) -> Option<&'h str> {
        let mut values = self.pairs().filter(|(key, _)| *key == name.as_bytes()).map(|(_, value)| value);
        let value = values.next()?;
        match values.next() {
            Some(_) => None,
            None => std::str::from_utf8(value).ok(),
        }
    }

    /// A pair without `=` is a value without a name, which nobody asks for.
    fn pairs(self) -> impl Iterator<Item = (&'h [u8], &'h [u8])> {
        let lines = self.headers.get_all(COOKIE).iter();
        lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b';')).filter_map(|pair| {
            let pair = trim(pair);
            let equals = pair.iter().position(|byte| *byte == b'=')?;
            Some((&pair[..equals], &pair[equals + 1..]))
        })
    }
}

fn trim(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}

impl fmt::Debug for Cookies<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cookies").field("count", &self.pairs().count()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(lines: &[&str]) -> HeaderMap {
        lines.iter().map(|line| (COOKIE, HeaderValue::from_bytes(line.as_bytes()).unwrap())).collect()
    }

    fn get(lines: &[&str], name: &str) -> Option<String> {
        Cookies::from_headers(&headers(lines)).get(name).map(str::to_owned)
    }

    #[test]
    fn a_cookie_is_found_in_any_line() {
        assert_eq!(get(&["a=1; b=2", "c=3"], "b").as_deref(), Some("2"));
        assert_eq!(get(&["a=1; b=2", "c=3"], "c").as_deref(), Some("3"));
        assert_eq!(get(&["a=1"], "b"), None);
        assert_eq!(get(&[], "b"), None);
    }

    #[test]
    fn two_of_one_name_are_none_even_when_equal() {
        assert_eq!(get(&["a=1; a=1"], "a"), None);
        assert_eq!(get(&["a=1", "a=2"], "a"), None);
        assert_eq!(get(&["a=1; A=2"], "a").as_deref(), Some("1"));
    }

    #[test]
    fn look_alikes_of_a_name_are_other_names() {
        for line in
            ["\u{2000}__Host-a=evil", "__host-a=evil", "__Host-a =evil", "\u{a0}__Host-a=evil", "=__Host-a=evil"]
        {
            assert_eq!(get(&[line], "__Host-a"), None, "{line}");
        }
        assert_eq!(get(&["\u{2000}__Host-a=evil; __Host-a=good"], "__Host-a").as_deref(), Some("good"));
    }

    #[test]
    fn space_around_a_pair_and_equals_in_a_value_are_fine() {
        assert_eq!(get(&[" \ta=b=c== \t;;"], "a").as_deref(), Some("b=c=="));
        assert_eq!(get(&["a="], "a").as_deref(), Some(""));
        assert_eq!(get(&["a=\"q\""], "a").as_deref(), Some("\"q\""));
    }

    #[test]
    fn debug_shows_no_value() {
        let headers = headers(&["a=sensitive"]);
        assert!(!format!("{:?}", Cookies::from_headers(&headers)).contains("sensitive"));
    }
}
