//! [`FileName`]: the name that a browser gives to an upload becomes one that every file system and header can hold.
//!
//! Sources: Windows' "Naming Files, Paths, and Namespaces"; Unicode Standard Annexes 9 (bidirectional marks) and 15 (NFC); RFC 6266 and RFC
//! 8187 for the header.

use std::fmt::{self, Write};

use unicode_normalization::UnicodeNormalization;

/// File systems take names of at most this many bytes.
const MAX_BYTES: usize = 255;

/// An extension longer than this is a part of the name.
const MAX_EXTENSION_BYTES: usize = 32;

/// The name where nothing is left.
const NAMELESS: &str = "file";

/// A file name without a path, at most 255 bytes of UTF-8, never empty.
///
/// ```
/// use secure_forms::upload::FileName;
///
/// assert_eq!(FileName::clean("../../été.png").as_str(), "été.png");
/// assert_eq!(FileName::clean("C:\\temp\\con.txt").as_str(), "_con.txt");
/// assert_eq!(FileName::clean("履歴書.pdf").as_str(), "履歴書.pdf");
/// ```
///
/// # Security
/// Stops path traversal (CWE-22), names that Windows gives to devices, names that hide their extension by bidirectional marks, and line
/// breaks in headers. It says nothing about what the file holds: `invoice.html` stays `invoice.html`; serve it as
/// `Download`, with the feature `web`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct FileName(String);

impl FileName {
    /// Keeps what follows the last separator and removes or replaces the rest; cleaning a cleaned name changes nothing.
    #[must_use]
    pub fn clean(given: &str) -> Self {
        let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
        let composed: String = last.nfc().filter_map(kept).nfc().collect();
        let name = trimmed(&single_spaced(&composed)).to_owned();
        let name = if name.is_empty() { NAMELESS.to_owned() } else { name };
        // Again at the end: cutting takes what stood between a device's name and the extension.
        Self(no_device(shortened(no_device(name))))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows the last dot, in lower case; empty without a dot.
    #[must_use]
    pub fn extension(&self) -> String {
        self.0.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
    }

    /// The same name with another extension; without one it gets one.
    #[cfg(feature = "multipart")]
    pub(super) fn with_extension(&self, extension: &str) -> Self {
        let stem = self.0.rsplit_once('.').map_or(self.0.as_str(), |(stem, _)| stem);
        Self::clean(&format!("{stem}.{extension}"))
    }

    /// The value of a `Content-Disposition` header that makes a browser save the file under this name.
    ///
    /// ```
    /// use secure_forms::upload::FileName;
    ///
    /// assert_eq!(FileName::clean("a b.txt").attachment(), r#"attachment; filename="a b.txt""#);
    /// assert_eq!(
    ///     FileName::clean("é.png").attachment(),
    ///     r#"attachment; filename="_.png"; filename*=UTF-8''%C3%A9.png"#
    /// );
    /// ```
    #[must_use]
    pub fn attachment(&self) -> String {
        self.disposition("attachment")
    }

    /// The value of a `Content-Disposition` header that lets a browser show the file, and save it under this name.
    #[must_use]
    pub fn inline(&self) -> String {
        self.disposition("inline")
    }

    fn disposition(&self, kind: &str) -> String {
        // A percent sign would be decoded by some browsers (RFC 6266, appendix D).
        let is_plain = |c: char| matches!(c, ' '..='~') && !matches!(c, '"' | '\\' | '%');
        let fallback: String = self.0.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
        let mut value = format!("{kind}; filename=\"{fallback}\"");
        if fallback != self.0 {
            value.push_str("; filename*=UTF-8''");
            self.0.bytes().for_each(|byte| push_extended(&mut value, byte));
        }
        value
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for FileName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// RFC 8187, section 3.2.1: `attr-char`, or a percent triplet.
fn push_extended(out: &mut String, byte: u8) {
    if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
        out.push(char::from(byte));
    } else {
        let _ = write!(out, "%{byte:02X}");
    }
}

/// The character that stands in a clean name for this one, if any does.
fn kept(character: char) -> Option<char> {
    match character {
        c if c.is_whitespace() => Some(' '),
        c if c.is_control() || is_invisible(c) => None,
        // Windows refuses these, and a colon names a stream; the others look like separators or dots and may become ones when normalised.
        '<' | '>' | ':' | '"' | '|' | '?' | '*' | '/' | '\\' => Some('_'),
        '\u{FF0F}' | '\u{FF3C}' | '\u{2044}' | '\u{2215}' | '\u{29F5}' | '\u{29F8}' | '\u{FE68}' | '\u{FF1A}' => {
            Some('_')
        }
        '\u{2024}' | '\u{FE52}' | '\u{FF0E}' => Some('.'),
        '\u{2025}' | '\u{2026}' => Some('_'),
        c => Some(c),
    }
}

/// Marks that change how a name looks and not what it says. Both joiners stay: Persian and Indic words and emoji need them.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{200B}' | '\u{200E}'
            | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E007F}'
    )
}

/// Runs of spaces look like one, and some push an extension out of sight.
fn single_spaced(name: &str) -> String {
    name.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A leading dot hides a file; Windows drops trailing dots and spaces.
fn trimmed(name: &str) -> &str {
    name.trim_matches(['.', ' ', '\u{200C}', '\u{200D}'])
}

/// Whether Windows opens a device for this name, whatever its extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| {
            let mut digits = rest.chars();
            matches!((digits.next(), digits.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        })
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$")
        || numbered("COM")
        || numbered("LPT")
}

fn no_device(name: String) -> String {
    if is_device(&name) { format!("_{name}") } else { name }
}

/// Cuts the name before its extension, between characters.
fn shortened(name: String) -> String {
    if name.len() <= MAX_BYTES {
        return name;
    }
    let dot = name.rfind('.').filter(|dot| name.len() - dot <= MAX_EXTENSION_BYTES).unwrap_or(name.len());
    let (stem, extension) = name.split_at(dot);
    let mut cut = MAX_BYTES - extension.len();
    while !stem.is_char_boundary(cut) {
        cut -= 1;
    }
    format!("{}{extension}", trimmed(&stem[..cut]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn clean(given: &str) -> String {
        FileName::clean(given).0
    }

    #[test]
    fn paths_are_removed() {
        assert_eq!(clean("../../etc/passwd"), "passwd");
        assert_eq!(clean("C:\\fakepath\\a.png"), "a.png");
        assert_eq!(clean("a.png"), "a.png");
    }

    #[test]
    fn device_names_are_renamed() {
        for (given, stored) in
            [("CON", "_CON"), ("nul.txt", "_nul.txt"), ("Com1.tar.gz", "_Com1.tar.gz"), ("lpt² .x", "_lpt² .x")]
        {
            assert_eq!(clean(given), stored);
        }
        for name in ["console", "COM10", "comma.txt", "nulls"] {
            assert_eq!(clean(name), name);
        }
    }

    #[test]
    fn a_cut_does_not_uncover_a_device() {
        for between in ["\u{200D}", "\u{200C}", "\u{200D}\u{200C}"] {
            let name = clean(&format!("CON{}.txt", between.repeat(120)));
            assert_eq!(name, "_CON.txt");
            assert_eq!(clean(&name), name);
        }
        let longest = clean(&format!("NUL.{}", "a".repeat(251)));
        assert!(longest.starts_with("_NUL.a") && longest.len() <= 255, "{longest}");
    }

    #[test]
    fn names_of_every_script_stay() {
        for name in ["履歴書.pdf", "résumé.doc", "Ελληνικά.txt", "می\u{200C}خواهم.png", "👩\u{200D}💻.gif"]
        {
            assert_eq!(clean(name), name);
        }
    }

    #[test]
    fn hidden_marks_and_controls_are_removed() {
        assert_eq!(clean("invoice\u{202E}fdp.exe"), "invoicefdp.exe");
        assert_eq!(clean("a\r\nSet-Cookie: x.txt"), "a Set-Cookie_ x.txt");
        assert_eq!(clean("a\0.png"), "a.png");
    }

    #[test]
    fn decomposed_letters_are_composed() {
        assert_eq!(clean("e\u{301}.png"), "é.png");
        assert_eq!(clean("e\u{200B}\u{301}.png"), "é.png");
    }

    #[test]
    fn nothing_becomes_file() {
        for given in ["", ".", "..", "...", "/", " ", "\u{202E}", "a/"] {
            assert_eq!(clean(given), "file");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let name = clean(&format!("{}.jpeg", "é".repeat(300)));
        assert!(name.len() <= 255 && name.ends_with("é.jpeg"));
    }

    proptest! {
        #[test]
        fn cleaning_is_idempotent_and_safe(given in "(?s).{0,300}") {
            let name = clean(&given);
            prop_assert_eq!(clean(&name), name.clone());
            prop_assert!(!name.is_empty() && name.len() <= 255 && !name.starts_with('.') && !name.contains(['/', '\\']));
        }

        #[test]
        fn dangerous_letters_in_any_order_are_cleaned(given in "[./\\\\: \u{200B}\u{202E}\u{301}conCON1\u{FF0E}\u{200D}]{0,12}") {
            let name = clean(&given);
            prop_assert_eq!(clean(&name), name.clone());
            prop_assert!(!name.starts_with('.') && !is_device(&name));
        }

        #[test]
        fn the_header_is_always_one_line_of_ascii(given in "(?s).{0,60}") {
            let value = FileName::clean(&given).attachment();
            prop_assert!(value.bytes().all(|b| matches!(b, b' '..=b'~')));
            prop_assert!(value.matches('"').count() == 2);
        }
    }
}
