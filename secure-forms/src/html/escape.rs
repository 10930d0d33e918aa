//! One escape function per place of an HTML page: text, attribute, URL attribute, JSON inside a `<script>`.
//!
//! A value enters, what leaves can be written at that place and is read back by a browser as exactly that value. Each function looks every
//! byte up in a table and copies the runs between the marked ones whole. Sources: HTML Standard 13.2.5 (tokenization) and 13.2.3.5
//! (newlines, which a browser normalises unless they are written as references); URL Standard 4.4 (basic URL parser); RFC 8259 section 7.

/// What stands for a marked byte; index 0 is for bytes that stand for themselves.
const REPLACEMENTS: [&str; 8] = ["", "&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#13;", "\u{FFFD}"];

/// Bytes with a meaning in text or in an attribute. Both quotes are marked so that a value survives being moved between the two places.
const MARKUP: [u8; 256] = {
    let mut table = [0; 256];
    table[b'&' as usize] = 1;
    table[b'<' as usize] = 2;
    table[b'>' as usize] = 3;
    table[b'"' as usize] = 4;
    table[b'\'' as usize] = 5;
    // Written raw, a browser would read CR as LF (HTML Standard, 13.2.3.5).
    table[b'\r' as usize] = 6;
    // No HTML page can hold U+0000, not even as a reference (13.2.5.80).
    table[0] = 7;
    table
};

/// Writes text for the place between two tags.
pub fn text(out: &mut String, value: &str) {
    copy_runs(out, value);
}

/// Writes the value of an attribute; the caller writes the double quotes around it.
pub fn attribute(out: &mut String, value: &str) {
    copy_runs(out, value);
}

/// Writes a URL for an attribute such as `href`; the caller writes the double quotes around it.
///
/// Allowed are `http`, `https`, `mailto`, `tel` and URLs without a scheme; for anything else `#` is written. Where a link leads is not judged
/// (`//host` and `https://host` are alike): a redirect needs `SafeRedirect`.
pub fn url(out: &mut String, value: &str) {
    attribute(out, safe_url(value).unwrap_or("#"));
}

/// Writes a JSON string literal, quotes included, for the inside of a `<script>` element.
#[cfg(feature = "web")]
pub fn script(out: &mut String, value: &str) {
    json(out, &serde_json::Value::from(value).to_string());
}

/// Writes JSON text for the inside of a `<script>` element.
///
/// The five marked characters stand only inside JSON's strings, where their `\u` form means the same. Without `<` no `</script` and no
/// `<!--` can be spelled; U+2028 and U+2029 end a line in old JavaScript; `&` and `>` matter in XHTML.
pub fn json(out: &mut String, json: &str) {
    out.reserve(json.len());
    let mut rest = json;
    while let Some((at, character)) =
        rest.char_indices().find(|(_, c)| matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}'))
    {
        let (run, tail) = rest.split_at(at);
        out.push_str(run);
        out.push_str(match character {
            '<' => "\\u003c",
            '>' => "\\u003e",
            '&' => "\\u0026",
            '\u{2028}' => "\\u2028",
            _ => "\\u2029",
        });
        rest = tail.get(character.len_utf8()..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// The URL without surrounding blanks, if every reading of it has a safe scheme or none.
fn safe_url(value: &str) -> Option<&str> {
    // Browsers drop C0 controls and spaces at both ends, and tab, CR and LF everywhere (URL Standard, 4.4). We do the first and refuse what
    // would need the second: nobody writes a control character into a URL by accident.
    let url = value.trim_matches(|c: char| c <= ' ');
    if url.chars().any(char::is_control) {
        return None;
    }
    let first_segment = url.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let Some((scheme, _)) = first_segment.split_once(':') else { return Some(url) };
    // A colon in the first segment always ends a scheme (RFC 3986, section 4.2), so `1:x` and `\u{A0}javascript:x` have an unknown one.
    const SAFE: [&str; 4] = ["http", "https", "mailto", "tel"];
    SAFE.iter().any(|safe| scheme.eq_ignore_ascii_case(safe)).then_some(url)
}

fn copy_runs(out: &mut String, value: &str) {
    out.reserve(value.len());
    let mut start = 0;
    for (at, byte) in value.bytes().enumerate() {
        let class = MARKUP[usize::from(byte)];
        if class != 0 {
            // Marked bytes are ASCII, so both cuts are character boundaries.
            out.push_str(&value[start..at]);
            out.push_str(REPLACEMENTS[usize::from(class)]);
            start = at + 1;
        }
    }
    out.push_str(&value[start..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(escape: fn(&mut String, &str), value: &str) -> String {
        let mut out = String::new();
        escape(&mut out, value);
        out
    }

    #[test]
    fn plain_text_is_copied_as_it_is() {
        assert_eq!(written(text, "Grüße, 東京 = `a`/b\n\t"), "Grüße, 東京 = `a`/b\n\t");
    }

    #[test]
    fn text_and_attribute_lose_every_character_with_a_meaning() {
        assert_eq!(written(text, "<a href='x'>&\"</a>"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;&lt;/a&gt;");
        assert_eq!(written(attribute, "\" onload=\"x"), "&quot; onload=&quot;x");
    }

    #[test]
    fn a_reference_in_the_value_stays_text() {
        assert_eq!(written(attribute, "&lt;&#60;"), "&amp;lt;&amp;#60;");
    }

    #[test]
    fn a_carriage_return_survives_and_a_null_is_replaced() {
        assert_eq!(written(text, "a\r\nb\0"), "a&#13;\nb\u{FFFD}");
    }

    #[test]
    fn safe_urls_pass() {
        for value in [
            "",
            "/",
            "a/b?c=d#e",
            "?q=a:b",
            "#a:b",
            "//host/x",
            "https://host/x?a=1",
            "HTTP://host",
            "mailto:a@b.example",
            "tel:+1",
            "./a:b",
            "/a:b",
            "ümlaut",
        ] {
            assert_eq!(written(url, value), value.replace('&', "&amp;"));
        }
    }

    #[test]
    fn script_urls_are_refused_however_they_are_spelled() {
        for value in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " \u{1}javascript:x",
            "java\tscript:x",
            "java\nscript:x",
            "javascript\r:x",
            "vbscript:x",
            "data:text/html,x",
            "blob:x",
            "file:///x",
            "view-source:x",
            "\u{A0}javascript:x",
            "\u{FEFF}javascript:x",
            "1:x",
            ":x",
            "javascript\0:x",
            "java\u{85}script:x",
            "feed:javascript:x",
            "http\u{0}:x",
        ] {
            assert_eq!(written(url, value), "#", "{value:?}");
        }
    }

    #[test]
    fn an_entity_in_a_url_cannot_become_a_colon() {
        assert_eq!(written(url, "javascript&colon;alert(1)"), "javascript&amp;colon;alert(1)");
    }

    #[test]
    fn json_in_a_script_cannot_end_it() {
        assert_eq!(written(script, "</script>\u{2028}\u{2029}&\"\\"), r#""\u003c/script\u003e\u2028\u2029\u0026\"\\""#);
    }

    #[test]
    fn every_escaped_value_is_free_of_markup() {
        for value in ["<<>>", "&&", "\"'", "é<é", "\u{1F600}>\u{1F600}"] {
            let out = written(attribute, value);
            assert!(!out.contains(['<', '>', '"', '\'']), "{out}");
        }
    }
}
