//! Whether a text is JSON, and the plainest of its paths: which literals PostgreSQL takes for `json`, `jsonb` and
//! `jsonpath` (RFC 8259; PostgreSQL 8.14).

/// How deep arrays and objects are looked into.
const DEEPEST: usize = 64;

/// `None` where it is nested too deeply to say, or a character is escaped, which `jsonb` does not take all of.
pub(super) fn is_json(text: &str) -> Option<bool> {
    if text.contains("\\u") {
        return None;
    }
    let mut reader = Reader { rest: text, depth: 0 };
    let read = reader.value();
    if reader.depth > DEEPEST { None } else { Some(read && reader.space().is_empty()) }
}

/// `$`, `$.name`, `$[0]`, `$[*]` and rows of them.
pub(super) fn is_plain_path(text: &str) -> bool {
    let Some(mut rest) = text.strip_prefix('$') else { return false };
    while !rest.is_empty() {
        let after = if let Some(name) = rest.strip_prefix('.') {
            let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(name.len());
            let (name, after) = name.split_at(end);
            name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_').then_some(after)
        } else {
            let inside = rest.strip_prefix('[').and_then(|inside| inside.split_once(']'));
            let is_index =
                |index: &str| index == "*" || (!index.is_empty() && index.bytes().all(|b| b.is_ascii_digit()));
            inside.filter(|(index, _)| is_index(index)).map(|(_, after)| after)
        };
        let Some(after) = after else { return false };
        rest = after;
    }
    true
}

struct Reader<'t> {
    rest: &'t str,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn space(&mut self) -> &'t str {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
        self.rest
    }

    fn takes(&mut self, word: &str) -> bool {
        match self.space().strip_prefix(word) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self) -> bool {
        match self.space().as_bytes().first() {
            Some(b'{') => self.list("{", "}", |reader| reader.string() && reader.takes(":") && reader.value()),
            Some(b'[') => self.list("[", "]", Self::value),
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => ["true", "false", "null"].iter().any(|word| self.takes(word)),
        }
    }

    fn list(&mut self, open: &str, close: &str, item: fn(&mut Self) -> bool) -> bool {
        self.depth += 1;
        if self.depth > DEEPEST || !self.takes(open) {
            return false;
        }
        if !self.takes(close) {
            loop {
                if !item(self) {
                    return false;
                }
                if !self.takes(",") {
                    break;
                }
            }
            if !self.takes(close) {
                return false;
            }
        }
        self.depth -= 1;
        true
    }

    fn string(&mut self) -> bool {
        if !self.takes("\"") {
            return false;
        }
        let mut escaped = false;
        for (at, c) in self.rest.char_indices() {
            match c {
                _ if escaped => {
                    if !"\"\\/bfnrt".contains(c) {
                        return false;
                    }
                    escaped = false;
                }
                '\\' => escaped = true,
                '"' => {
                    self.rest = self.rest.get(at + 1..).unwrap_or_default();
                    return true;
                }
                c if c < ' ' => return false,
                _ => {}
            }
        }
        false
    }

    fn number(&mut self) -> bool {
        let end =
            self.rest.find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E')).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(m, e)| (m, Some(e)));
        let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        digits(whole)
            && (whole == "0" || !whole.starts_with('0'))
            && fraction.is_none_or(digits)
            && exponent.is_none_or(|text| digits(text.strip_prefix(['+', '-']).unwrap_or(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told_from_what_looks_like_it() {
        for text in [r#"{"a": [1, -2.5e3, null, "x\"y"], "b": {}}"#, " true ", "[]", "0", r#""é""#] {
            assert_eq!(is_json(text), Some(true), "{text}");
        }
        for text in ["", "{", "{a:1}", "[1,]", "01", "1.", "nul", r#"{"a" 1}"#, "'x'", "[1] 2", r#""\x""#] {
            assert_eq!(is_json(text), Some(false), "{text}");
        }
        assert_eq!(is_json(&"[".repeat(1000)), None);
        assert_eq!(is_json(r#""\u0000""#), None);
    }

    #[test]
    fn plain_paths_are_names_and_places() {
        assert!(is_plain_path("$") && is_plain_path("$.a.b_1[0][*]"));
        assert!(
            !is_plain_path("$.") && !is_plain_path("a") && !is_plain_path("$.a ? (@ > 1)") && !is_plain_path("$[x]")
        );
    }
}
