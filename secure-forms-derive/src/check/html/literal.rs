//! Text and names of a template that are known at compile time.

use crate::diagnostic::Message;

/// Text for content and for attributes in double quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

/// Whether text can stand in an element that reads no references: it must not end it, nor begin what hides its end (HTML Standard, 4.12.1.3).
pub(super) fn raw(tag: &str, is_foreign: bool, text: &str) -> Result<(), Message> {
    // In SVG, the parser reads tags and references in every element.
    if is_foreign && text.contains(['<', '&']) {
        let message = Message::new(format_args!("`<` and `&` are markup in the `{tag}` of an `svg`"));
        return Err(message.help("put it outside of the `svg`"));
    }
    let lower = text.to_ascii_lowercase();
    let needles = [format!("</{tag}"), format!("<{tag}"), "<!--".to_owned()];
    let found = lower.match_indices('<').find_map(|(at, _)| {
        let rest = &lower[at..];
        // Also what another literal could complete.
        needles.iter().find(|needle| rest.starts_with(needle.as_str()) || needle.starts_with(rest))
    });
    match found {
        Some(needle) => Err(Message::new(format_args!("`{needle}` cannot stand in `{tag}`"))
            .help(format_args!("put it into a file; in a script `\"\\\\x3c{}\"` is the same text", &needle[1..]))),
        None => Ok(()),
    }
}

/// Whether a browser reads this as the name of one element.
pub(super) fn is_tag(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && is_name(name)
}

/// Whether a browser reads this as the name of one attribute (HTML Standard, 13.1.2.3).
pub(super) fn is_name(name: &str) -> bool {
    let breaks = |c: char| c.is_whitespace() || c.is_control() || "\"'<>/=&`".contains(c);
    !name.is_empty() && !name.contains(breaks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_text_cannot_end_its_element_nor_hide_its_end() {
        for bad in ["</script>", "a</SCRIPT", "<!-- ", "<script", "a <", "a </scr", "<!-"] {
            assert!(raw("script", false, bad).is_err(), "{bad}");
        }
        for good in ["if (a < b && b > c) {}", "'<p>'", "a <b", "</style>", "\"\\x3c/script>\""] {
            assert!(raw("script", false, good).is_ok(), "{good}");
        }
        assert!(raw("style", false, "a > b { content: '&' }").is_ok());
        assert!(raw("style", true, "a { content: '&' }").is_err() && raw("style", true, "<b>").is_err());
    }

    #[test]
    fn a_name_is_one_name() {
        assert!(is_name("xlink:href") && is_name("@click") && is_tag("my-element"));
        assert!(
            !is_name("x onclick")
                && !is_name("a=b")
                && !is_name("")
                && !is_name("a\0")
                && !is_tag("é")
                && !is_tag("1a")
        );
    }
}
