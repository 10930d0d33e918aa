//! What the text of one dynamic segment may be: decoded text enters, yes or no leaves. RFC 3986, section 3.3.

/// Whether `text` can stand alone between two slashes without changing where the path leads: not empty, not `.` or `..`, at most
/// 255 bytes, without `/ \ ? # %` and without control characters.
///
/// ```
/// use secure_forms_core::path::is_segment;
/// const _: () = assert!(is_segment("annual-report.pdf"));
/// assert!(!is_segment("..") && !is_segment("a/b") && !is_segment(""));
/// ```
///
/// # Security
/// `%` is refused because a proxy that decodes once too often would turn `%2e%2e` into `..`.
#[must_use]
pub const fn is_segment(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 255 || matches!(bytes, b"." | b"..") {
        return false;
    }
    let mut at = 0;
    while at < bytes.len() {
        let is_c1 = at > 0 && bytes[at - 1] == 0xC2 && bytes[at] < 0xA0;
        if is_c1 || matches!(bytes[at], 0..=0x1F | 0x7F | b'/' | b'\\' | b'?' | b'#' | b'%') {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_segments() {
        for text in ["a", "42", "...", ".a", "été 2026", "a:b;c=d", &"x".repeat(255)] {
            assert!(is_segment(text), "{text}");
        }
    }

    #[test]
    fn what_could_lead_elsewhere_is_not() {
        for text in ["", ".", "..", "/", "a/b", "\\", "a?", "#", "%2e", "a\tb", "\u{7f}", "\u{85}", &"x".repeat(256)] {
            assert!(!is_segment(text), "{text:?}");
        }
    }
}
