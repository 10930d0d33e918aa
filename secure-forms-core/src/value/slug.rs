//! Slugs, the readable names in paths: text enters, a verdict leaves. Lower-case ASCII letters and digits in groups with
//! single hyphens between them, so that one thing has one spelling in every URL.

/// Not a slug.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotSlug;

/// Judges a slug.
///
/// ```
/// use secure_forms_core::value::slug::{check, NotSlug};
/// assert_eq!(check("first-post-2"), Ok(()));
/// assert_eq!(check("First_Post"), Err(NotSlug));
/// ```
///
/// # Errors
/// The text is not a slug.
pub fn check(text: &str) -> Result<(), NotSlug> {
    let mut before = b'-';
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => {}
            b'-' if before != b'-' => {}
            _ => return Err(NotSlug),
        }
        before = byte;
    }
    if before == b'-' { Err(NotSlug) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_with_single_hyphens_are_slugs() {
        assert!(["a", "7", "a-b", "2026-11-24", "a1-b2-c3"].into_iter().all(|good| check(good).is_ok()));
    }

    #[test]
    fn all_else_is_refused() {
        for bad in ["", "-", "-a", "a-", "a--b", "A", "a_b", "a b", "é", "a/b", "a.b"] {
            assert_eq!(check(bad), Err(NotSlug), "{bad}");
        }
    }
}
