//! What an `accept` list may say (HTML Standard, 4.10.5.1.17): `image/png`, `image/*`, `.pdf`.

use super::lookup::{named, of_extension};
use super::table::TYPES;

/// Why an entry of an `accept` list matches no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcceptProblem {
    /// No type of this name can be told from a file's content.
    UnknownType,
    /// No type that is known has files of this extension.
    UnknownExtension,
    /// No type that is known is of this group, or it is `*/*`.
    UnknownGroup,
    /// It is neither a type nor a group nor an extension.
    NotAType,
}

/// The entry as browsers know it: a type by its own name, a group and an extension as they are.
///
/// ```
/// use secure_forms_core::media::{AcceptProblem, canonical_accept};
/// assert_eq!(canonical_accept("audio/x-wav"), Ok("audio/wav"));
/// assert_eq!(canonical_accept("image/*"), Ok("image/*"));
/// assert_eq!(canonical_accept(".pdf"), Ok(".pdf"));
/// assert_eq!(canonical_accept("pdf"), Err(AcceptProblem::NotAType));
/// ```
///
/// # Errors
/// Why no file can match it.
pub fn canonical_accept(entry: &str) -> Result<&str, AcceptProblem> {
    if let Some(extension) = entry.strip_prefix('.') {
        return of_extension(extension).map(|_| entry).ok_or(AcceptProblem::UnknownExtension);
    }
    if entry.ends_with("/*") {
        let is_known = TYPES.iter().any(|known| takes(entry, known.name));
        return if is_known { Ok(entry) } else { Err(AcceptProblem::UnknownGroup) };
    }
    match named(entry) {
        Some(known) => Ok(known.name),
        None if entry.contains('/') => Err(AcceptProblem::UnknownType),
        None => Err(AcceptProblem::NotAType),
    }
}

/// Whether an entry of an `accept` list takes the type of this canonical name.
///
/// # Security
/// A group takes no type that browsers run scripts in: `image/*` is pictures, and `image/svg+xml` must be named.
#[must_use]
pub fn takes(entry: &str, name: &str) -> bool {
    let Some(kind) = named(name) else { return false };
    if let Some(extension) = entry.strip_prefix('.') {
        return of_extension(extension) == Some(kind);
    }
    if let Some(group) = entry.strip_suffix("/*") {
        let is_of_group = kind.name.split('/').next().is_some_and(|own| own.eq_ignore_ascii_case(group));
        return is_of_group && !kind.is_active;
    }
    named(entry) == Some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_type_is_one_whatever_it_is_called() {
        for (entry, name) in [
            ("audio/wav", "audio/x-wav"),
            ("audio/x-flac", "audio/flac"),
            ("application/font-woff2", "font/woff2"),
            ("audio/m4a", "audio/mp4"),
            ("image/jpg", "image/jpeg"),
            ("image/*", "image/heic"),
            (".JPG", "image/jpeg"),
        ] {
            assert!(takes(entry, name), "{entry} {name}");
        }
        for (entry, name) in [("image/*", "video/mp4"), (".jpg", "image/png"), ("image/png", "image/jpeg")] {
            assert!(!takes(entry, name), "{entry} {name}");
        }
    }

    #[test]
    fn a_group_takes_nothing_that_browsers_run() {
        assert!(!takes("image/*", "image/svg+xml") && takes("image/svg+xml", "image/svg+xml"));
        assert!(!takes("text/*", "text/html") && takes("text/*", "text/plain"));
    }

    #[test]
    fn what_can_never_match_is_told() {
        assert_eq!(canonical_accept("image/nonsense"), Err(AcceptProblem::UnknownType));
        assert_eq!(canonical_accept(".nonsense"), Err(AcceptProblem::UnknownExtension));
        assert_eq!(canonical_accept("."), Err(AcceptProblem::UnknownExtension));
        for group in ["*/*", "model/*", "/*"] {
            assert_eq!(canonical_accept(group), Err(AcceptProblem::UnknownGroup), "{group}");
        }
        assert_eq!(canonical_accept("nonsense"), Err(AcceptProblem::NotAType));
    }
}
