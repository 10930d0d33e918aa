//! UUIDs in their one textual form (RFC 9562, section 4): text enters, sixteen bytes leave. No braces, no `urn:`, no form
//! without hyphens: one value has one spelling but for the case of its letters.

use super::hex_digit;

/// Why a text is not the UUID asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum UuidProblem {
    /// It is not a UUID.
    NotUuid,
    /// It is a UUID of another version or another variant than that of RFC 9562.
    OtherVersion,
}

const HYPHENS: [usize; 4] = [8, 13, 18, 23];

/// Reads a UUID, and if a version is asked for, judges its version and variant.
///
/// ```
/// use secure_forms_core::value::uuid::{parse, UuidProblem};
/// assert_eq!(parse("67e55044-10b1-426f-9247-bb680e5fe0c8", Some(4)).unwrap()[..2], [0x67, 0xe5]);
/// assert_eq!(parse("67e55044-10b1-426f-9247-bb680e5fe0c8", Some(7)), Err(UuidProblem::OtherVersion));
/// assert_eq!(parse("67e5504410b1426f9247bb680e5fe0c8", None), Err(UuidProblem::NotUuid));
/// ```
///
/// # Errors
/// The text is not a UUID, or not of this version.
pub fn parse(text: &str, version: Option<u8>) -> Result<[u8; 16], UuidProblem> {
    let text: &[u8; 36] = text.as_bytes().try_into().map_err(|_| UuidProblem::NotUuid)?;
    if HYPHENS.iter().any(|&place| text[place] != b'-') {
        return Err(UuidProblem::NotUuid);
    }
    let mut digits =
        text.iter().enumerate().filter(|(place, _)| !HYPHENS.contains(place)).map(|(_, &byte)| hex_digit(byte));
    let mut digit = || digits.next().flatten().ok_or(UuidProblem::NotUuid);
    let mut bytes = [0; 16];
    for byte in &mut bytes {
        *byte = digit()? << 4 | digit()?;
    }
    // RFC 9562, 4.1 and 4.2: the variant is in the two high bits of byte 8, the version in the high half of byte 6.
    match version {
        Some(version) if bytes[6] >> 4 != version || bytes[8] >> 6 != 0b10 => Err(UuidProblem::OtherVersion),
        _ => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_cases_are_the_same_value() {
        let lower = parse("67e55044-10b1-426f-9247-bb680e5fe0c8", None);
        assert!(lower.is_ok());
        assert_eq!(parse("67E55044-10B1-426F-9247-BB680E5FE0C8", None), lower);
    }

    #[test]
    fn nil_and_max_are_uuids_without_a_version() {
        for special in ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"] {
            assert!(parse(special, None).is_ok());
            assert_eq!(parse(special, Some(4)), Err(UuidProblem::OtherVersion));
        }
    }

    #[test]
    fn other_spellings_are_refused() {
        for bad in [
            "",
            "{67e55044-10b1-426f-9247-bb680e5fe0c8}",
            "urn:uuid:67e55044-10b1-426f-9247-bb680e5fe0c8",
            "67e5504410b1-426f-9247-bb680e5fe0c8-",
            "67e55044-10b1-426f-9247-bb680e5fe0cg",
            "67e55044-10b1-426f-9247-bb680e5fe0c8 ",
            "67e55044-10b1-426f-9247-bb680e5fe0é",
            "67e55044_10b1_426f_9247_bb680e5fe0c8",
        ] {
            assert_eq!(parse(bad, None), Err(UuidProblem::NotUuid), "{bad}");
        }
    }

    #[test]
    fn a_version_needs_the_variant_of_the_standard() {
        assert_eq!(parse("67e55044-10b1-426f-c247-bb680e5fe0c8", Some(4)), Err(UuidProblem::OtherVersion));
        assert!(parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f", Some(7)).is_ok());
    }
}
