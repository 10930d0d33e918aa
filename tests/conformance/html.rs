//! The escape functions through the `html` suite: what a browser reads back is the value, at every place of a page.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use proptest::prelude::*;
use serde_json::json;

fn html(context: &str, value: &str) -> String {
    secure_forms_tests::html::answer(&json!({ "context": context, "value": value }))["html"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Reads the references that we write, as a browser does.
fn unescaped(html: &str) -> String {
    let references = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#13;", "\r"), ("&amp;", "&")];
    references.iter().fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[test]
fn a_wrong_context_is_an_error() {
    let answer = secure_forms_tests::html::answer(&json!({ "context": "style", "value": "x" }));
    assert!(answer["error"].is_string());
}

#[test]
fn a_url_is_judged_by_what_a_browser_reads() {
    // The oracle joins the emitted text to a page's address and looks at the scheme.
    let page = url::Url::parse("https://site.example/dir/page").unwrap();
    for value in [
        "/a",
        "b?c",
        "#d",
        "//host/x",
        "https://host/",
        "mailto:a@b.example",
        "tel:1",
        " javascript:x",
        "java\nscript:x",
        "data:,x",
        "\u{1}javascript:x",
    ] {
        let url = page.join(&unescaped(&html("url", value))).unwrap();
        assert!(["http", "https", "mailto", "tel"].contains(&url.scheme()), "{value:?} → {url}");
    }
}

proptest! {
    #[test]
    fn text_comes_back_and_is_no_markup(value in "(?s)[^\0]{0,60}") {
        for context in ["text", "attribute"] {
            let html = html(context, &value);
            prop_assert!(!html.contains(['<', '>', '"', '\'', '\r']));
            prop_assert_eq!(unescaped(&html), value.clone());
        }
    }

    #[test]
    fn json_comes_back_and_cannot_end_its_script(value in "(?s).{0,60}") {
        let html = html("script", &value);
        let ends_a_script = html.contains(['<', '>', '&', '\u{2028}', '\u{2029}']);
        prop_assert!(!ends_a_script);
        prop_assert_eq!(serde_json::from_str::<String>(&html).unwrap(), value);
    }

    #[test]
    fn no_url_has_another_scheme(value in "[ \t\n\r\u{1}\u{A0}]{0,2}(java\t?script|JAVASCRIPT|data|vbscript|https?|blob|[a-z:/\\\\]{0,3})[:：]{0,1}[ -~\u{0}-\u{1F}]{0,12}") {
        let page = url::Url::parse("https://site.example/dir/page").unwrap();
        if let Ok(url) = page.join(&unescaped(&html("url", &value))) {
            prop_assert!(["http", "https", "mailto", "tel"].contains(&url.scheme()), "{:?} → {}", value, url);
        }
    }
}
