//! Names of uploads: whatever a client calls a file, the name has no path, fits, and is clean when it is cleaned again.

use secure_forms::upload::FileName;

use super::Property;

pub(super) const PROPERTY: Property = Property {
    name: "filename",
    seeds: &["../../été.png", "C:\\temp\\con.txt", "a\u{202e}gpj.exe", "履歴書.pdf ", ".", "nul."],
    holds,
};

fn holds(input: &[u8]) {
    let given = String::from_utf8_lossy(input);
    let name = FileName::clean(&given);
    let text = name.as_str();
    assert!((1..=255).contains(&text.len()), "{given:?} became {text:?}");
    assert!(!text.contains(['/', '\\']) && !text.contains(char::is_control) && text != "." && text != "..", "{text:?}");
    assert_eq!(FileName::clean(text).as_str(), text, "{given:?}");
    assert!(http::HeaderValue::from_str(&name.attachment()).is_ok_and(|value| value.to_str().is_ok()), "{text:?}");
}
