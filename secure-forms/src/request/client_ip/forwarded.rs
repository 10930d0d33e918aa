//! `Forwarded`: a header's bytes enter, its elements from the right and the address of each leave. RFC 7239, section 4.

use std::net::IpAddr;

use super::node;

/// More parameters than the four of the standard and some extensions; comparing names stays cheap.
const MAX_PARAMETERS: usize = 16;

/// Splits at commas outside quotes, from the right. Quotes are matched from the right too, so that what a trusted proxy appended is
/// read alone, whatever quote an earlier hand left open.
pub(super) fn elements(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(list);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(comma) = last_comma(text) else { return rest.take() };
        rest = Some(&text[..comma]);
        Some(&text[comma + 1..])
    })
}

fn last_comma(text: &[u8]) -> Option<usize> {
    let mut is_quoted = false;
    for (at, byte) in text.iter().enumerate().rev() {
        match byte {
            // Inside of quotes, a quote behind a backslash belongs to the text.
            b'"' if !is_quoted || !is_escaped(&text[..at]) => is_quoted = !is_quoted,
            b',' if !is_quoted => return Some(at),
            _ => {}
        }
    }
    None
}

/// An odd number of backslashes escapes what follows them.
fn is_escaped(before: &[u8]) -> bool {
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// The address in `for`. An element that breaks the grammar, repeats a parameter or has no `for` has none.
pub(super) fn address(element: &[u8]) -> Option<IpAddr> {
    node::of_forwarded(&value(element, b"for")?)
}

/// The value of one parameter. An element that breaks the grammar or repeats any parameter has none.
pub(super) fn value(element: &[u8], wanted: &[u8]) -> Option<Vec<u8>> {
    let mut parser = Parser { rest: node::trim(element) };
    let mut names: Vec<&[u8]> = Vec::new();
    let mut found = None;
    while !parser.rest.is_empty() {
        // The grammar allows empty pairs between semicolons.
        if !parser.rest.starts_with(b";") {
            let (name, value) = parser.pair()?;
            let is_repeated = names.iter().any(|other| other.eq_ignore_ascii_case(name));
            if is_repeated || names.len() == MAX_PARAMETERS {
                return None;
            }
            names.push(name);
            if name.eq_ignore_ascii_case(wanted) {
                found = Some(value);
            }
        }
        parser.end_of_pair()?;
    }
    found
}

struct Parser<'h> {
    rest: &'h [u8],
}

impl<'h> Parser<'h> {
    /// `token "=" ( token / quoted-string )`
    fn pair(&mut self) -> Option<(&'h [u8], Vec<u8>)> {
        let name = self.token()?;
        self.rest = self.rest.strip_prefix(b"=")?;
        let value = if self.rest.starts_with(b"\"") { self.quoted()? } else { self.token()?.to_vec() };
        Some((name, value))
    }

    /// A semicolon or the end. Space around the semicolon is not in RFC 7239, but in RFC 9110 (section 5.6.6) and in real proxies.
    fn end_of_pair(&mut self) -> Option<()> {
        self.rest = node::trim(self.rest);
        if self.rest.is_empty() {
            return Some(());
        }
        self.rest = node::trim(self.rest.strip_prefix(b";")?);
        Some(())
    }

    fn token(&mut self) -> Option<&'h [u8]> {
        let end = self.rest.iter().position(|byte| !is_token_byte(*byte)).unwrap_or(self.rest.len());
        let (token, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!token.is_empty()).then_some(token)
    }

    fn quoted(&mut self) -> Option<Vec<u8>> {
        let mut bytes = self.rest.strip_prefix(b"\"")?;
        let mut value = Vec::new();
        loop {
            let (byte, rest) = bytes.split_first()?;
            bytes = rest;
            match byte {
                b'"' => break,
                b'\\' => {
                    let (escaped, rest) = bytes.split_first()?;
                    bytes = rest;
                    value.push(*escaped);
                }
                byte => value.push(*byte),
            }
        }
        self.rest = bytes;
        Some(value)
    }
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(list: &str) -> Vec<&str> {
        elements(list.as_bytes()).map(|element| std::str::from_utf8(element).unwrap()).collect()
    }

    fn read(element: &str) -> Option<String> {
        address(element.as_bytes()).map(|address| address.to_string())
    }

    #[test]
    fn commas_split_outside_of_quotes_only() {
        assert_eq!(split("for=a, for=b"), [" for=b", "for=a"]);
        assert_eq!(split("for=a, for=\"b,c\""), [" for=\"b,c\"", "for=a"]);
        assert_eq!(split(r#"for=a, for="b\",c""#), [r#" for="b\",c""#, "for=a"]);
        assert_eq!(split(r#"for=a, for="b\\", for=c"#), [" for=c", r#" for="b\\""#, "for=a"]);
        assert_eq!(split(""), [""]);
        assert_eq!(split("a,"), ["", "a"]);
    }

    #[test]
    fn an_open_quote_on_the_left_does_not_reach_the_right() {
        assert_eq!(split("for=\", for=a").first(), Some(&" for=a"));
        assert_eq!(split("for=\"x, for=\"a\"").first(), Some(&" for=\"a\""));
        assert_eq!(split("for=\\\", for=a").first(), Some(&" for=a"));
        assert_eq!(split("x=\"\\\", for=\"[::1]:1\"").first(), Some(&" for=\"[::1]:1\""));
    }

    #[test]
    fn the_address_of_an_element_is_in_for() {
        for element in [
            "for=203.0.113.9",
            " FOR=203.0.113.9\t",
            "For=\"203.0.113.9\"",
            "for=\"203.0.113.9:80\"",
            "for=\"203.0.113.9:_p\"",
            r#"for="203.0.113\.9""#,
            "proto=https;for=203.0.113.9;by=_x;host=\"a,b;c\"",
            "for=203.0.113.9; proto=https ;by=x",
            "for=203.0.113.9;",
            ";;for=203.0.113.9",
            "ext=1;for=203.0.113.9",
        ] {
            assert_eq!(read(element).as_deref(), Some("203.0.113.9"), "{element}");
        }
        assert_eq!(read("for=\"[2001:db8::7]\"").as_deref(), Some("2001:db8::7"));
        assert_eq!(read("for=\"[::ffff:203.0.113.9]:1\"").as_deref(), Some("203.0.113.9"));
    }

    #[test]
    fn whatever_breaks_the_grammar_has_no_address() {
        for element in [
            "",
            ";",
            "for",
            "for=",
            "=203.0.113.9",
            "203.0.113.9",
            "proto=https",
            "by=203.0.113.9",
            "for=unknown",
            "for=_x",
            "for=203.0.113.9:80",
            "for=[::1]",
            "for=\"::1\"",
            "for=\"203.0.113.9",
            "for=203.0.113.9\"",
            "for=\"\"",
            "for =203.0.113.9",
            "for= 203.0.113.9",
            "for=203.0.113.9 proto=http",
            "for=203.0.113.9;for=203.0.113.9",
            "for=203.0.113.9;FOR=x",
            "for=203.0.113.9;proto=a;proto=b",
            "for=203.0.113.9;proto",
            "for=203.0.113.9;proto=",
            "for=203.0.113.9;=x",
            "for=\"203.0.113.9\"x",
            "for=\" 203.0.113.9\"",
            "for='203.0.113.9'",
            "for=\"203.0.113.9\\",
            "for:203.0.113.9",
        ] {
            assert_eq!(read(element), None, "{element}");
        }
    }

    #[test]
    fn too_many_parameters_have_no_address() {
        let element =
            |count: usize| format!("for=203.0.113.9{}", (1..count).map(|n| format!(";p{n}=x")).collect::<String>());
        assert!(read(&element(16)).is_some());
        assert!(read(&element(17)).is_none());
    }
}
