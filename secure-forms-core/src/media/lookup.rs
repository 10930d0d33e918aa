//! The type of a name, of an extension, of a content.

use super::media_type::{Content, MediaType};
use super::table::TYPES;

/// The type of this name or alias.
///
/// ```
/// use secure_forms_core::media::named;
/// assert_eq!(named("audio/x-wav").unwrap().name, "audio/wav");
/// assert_eq!(named("IMAGE/JPG").unwrap().name, "image/jpeg");
/// assert!(named("image/nonsense").is_none());
/// ```
#[must_use]
pub fn named(name: &str) -> Option<&'static MediaType> {
    TYPES.iter().find(|known| {
        known.name.eq_ignore_ascii_case(name) || known.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    })
}

/// The type of files with this extension, which comes without its dot.
///
/// ```
/// use secure_forms_core::media::of_extension;
/// assert_eq!(of_extension("JFIF").unwrap().name, "image/jpeg");
/// assert!(of_extension("").is_none());
/// ```
#[must_use]
pub fn of_extension(extension: &str) -> Option<&'static MediaType> {
    TYPES.iter().find(|known| known.extensions.iter().any(|one| one.eq_ignore_ascii_case(extension)))
}

/// The type of a content that nothing else is known of.
pub(crate) fn of_content(content: Content) -> Option<&'static MediaType> {
    TYPES.iter().find(|known| known.content == content)
}
