//! The parameters of a header value, `; name=token; other="quoted string"` (RFC 9110, 5.6.4 and 5.6.6): one tokenizer, so that
//! a parameter is never found inside another one's quotes. Names have no case, and one that comes twice is an error.

use std::borrow::Cow;

/// How a backslash in a quoted string is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Backslash {
    /// It quotes the character behind it (RFC 9110, 5.6.4).
    Escapes,
    /// It quotes a quotation mark, as curl writes file names; before anything else it is a character of the name.
    EscapesQuotes,
    /// It is a character like any other: browsers escape only `"`, CR and LF, by percent triplets (HTML, 4.10.22.7).
    Plain,
}

/// The value in front of the parameters, and the parameters.
#[derive(Debug, PartialEq)]
pub(super) struct Parameters<'h> {
    pub(super) value: &'h [u8],
    found: Vec<(&'h [u8], Cow<'h, [u8]>)>,
}

impl<'h> Parameters<'h> {
    /// Reads a header's value; `None` if it has not this form, or has a parameter twice.
    pub(super) fn parse(header: &'h [u8], backslash: Backslash) -> Option<Self> {
        let end = header.iter().position(|byte| *byte == b';').unwrap_or(header.len());
        let (value, mut rest) = header.split_at(end);
        let mut all = Self { value: value.trim_ascii(), found: Vec::new() };
        while let Some((b';', after)) = rest.split_first() {
            rest = after.trim_ascii_start();
            // An empty parameter says nothing (RFC 9110, 5.6.6).
            if rest.is_empty() || rest.starts_with(b";") {
                continue;
            }
            let equals = rest.iter().position(|byte| !is_of_a_token(*byte)).filter(|at| *at > 0)?;
            let (name, after) = rest.split_at(equals);
            let (value, after) = value_of(after.strip_prefix(b"=")?, backslash)?;
            if all.get(name).is_some() {
                return None;
            }
            all.found.push((name, value));
            rest = after.trim_ascii_start();
        }
        rest.is_empty().then_some(all)
    }

    /// The value of a parameter.
    pub(super) fn get(&self, name: &[u8]) -> Option<&[u8]> {
        self.found.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_ref())
    }
}

/// A quoted string, or what stands before the next semicolon; and what follows it.
fn value_of(text: &[u8], backslash: Backslash) -> Option<(Cow<'_, [u8]>, &[u8])> {
    if let Some(quoted) = text.strip_prefix(b"\"") {
        return unquoted(quoted, backslash);
    }
    let end = text.iter().position(|byte| *byte == b';').unwrap_or(text.len());
    let (value, after) = text.split_at(end);
    let value = value.trim_ascii();
    // Some clients leave the quotes away from names that are no tokens.
    (!value.contains(&b'"')).then_some((Cow::Borrowed(value), after))
}

/// What stands before the closing quotation mark, and what follows it.
fn unquoted(text: &[u8], backslash: Backslash) -> Option<(Cow<'_, [u8]>, &[u8])> {
    let mut value = Cow::Borrowed(&text[..0]);
    let mut at = 0;
    loop {
        let (byte, next) = (*text.get(at)?, text.get(at + 1));
        let is_escape = byte == b'\\'
            && match backslash {
                Backslash::Escapes => next.is_some(),
                Backslash::EscapesQuotes => next == Some(&b'"'),
                Backslash::Plain => false,
            };
        match (byte, &mut value) {
            (b'"', _) => return Some((value, &text[at + 1..])),
            _ if is_escape => {
                value.to_mut().extend(next);
                at += 1;
            }
            (_, Cow::Borrowed(so_far)) => *so_far = &text[..at + 1],
            (_, Cow::Owned(so_far)) => so_far.push(byte),
        }
        at += 1;
    }
}

/// RFC 9110, 5.6.2.
fn is_of_a_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: &str, backslash: Backslash) -> Option<Vec<(&str, String)>> {
        let parameters = Parameters::parse(header.as_bytes(), backslash)?;
        let text = |value: &[u8]| String::from_utf8(value.to_vec()).unwrap();
        Some(parameters.found.iter().map(|(name, value)| (std::str::from_utf8(name).unwrap(), text(value))).collect())
    }

    fn owned<'n>(pairs: &[(&'n str, &str)]) -> Option<Vec<(&'n str, String)>> {
        Some(pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
    }

    #[test]
    fn tokens_and_quoted_strings_are_values() {
        let header = "form-data; name=a ;file=\"b; c=d\"; ; e=\"\";";
        let expected = owned(&[("name", "a"), ("file", "b; c=d"), ("e", "")]);
        assert_eq!(read(header, Backslash::Plain), expected);
        assert_eq!(Parameters::parse(b" text/html ", Backslash::Escapes).unwrap().value, b"text/html");
    }

    #[test]
    fn names_have_no_case_and_come_once() {
        let parameters = Parameters::parse(b"x; FileName=a", Backslash::Plain).unwrap();
        assert_eq!(parameters.get(b"filename"), Some(&b"a"[..]));
        assert_eq!(read("x; name=a; NAME=a", Backslash::Plain), None);
    }

    #[test]
    fn a_backslash_is_what_its_sender_means() {
        assert_eq!(read(r#"x; a="b\"c\d""#, Backslash::Escapes), owned(&[("a", "b\"cd")]));
        assert_eq!(read(r#"x; a="b\"c\d""#, Backslash::EscapesQuotes), owned(&[("a", "b\"c\\d")]));
        assert_eq!(read(r#"x; a="b\"; c=d"#, Backslash::Plain), owned(&[("a", "b\\"), ("c", "d")]));
    }

    #[test]
    fn what_is_no_list_of_parameters_is_refused() {
        for header in
            ["x; a", "x; =b", "x; a =b", "x; a=\"b", "x; a=\"b\"c", "x; a=b\"c\"", "x; a=\"b\" c=d", "x; \"a\"=b"]
        {
            assert_eq!(read(header, Backslash::Plain), None, "{header}");
        }
    }
}
