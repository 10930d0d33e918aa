//! Sizes as the attributes write them, `2MiB` or `500kB`: text enters, bytes leave. Units are those of SI and of
//! IEC 80000-13: `kB` is 1000, `KiB` is 1024.

/// Why a text is not a size.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SizeProblem {
    /// It does not begin with digits.
    NoNumber,
    /// What follows the digits is none of the units.
    UnknownUnit,
    /// More bytes than 64 bits can count.
    TooLarge,
}

/// The units, for messages.
pub const UNITS: &[&str] = &["B", "kB", "KiB", "MB", "MiB", "GB", "GiB", "TB", "TiB"];

/// Reads a size. A number alone is in bytes.
///
/// ```
/// use secure_forms_core::value::size::{parse, SizeProblem};
/// assert_eq!(parse("2MiB"), Ok(2 * 1024 * 1024));
/// assert_eq!(parse("500kB"), Ok(500_000));
/// assert_eq!(parse("2 megs"), Err(SizeProblem::UnknownUnit));
/// ```
///
/// # Errors
/// There is no number, the unit is unknown, or the bytes do not fit into 64 bits.
pub const fn parse(text: &str) -> Result<u64, SizeProblem> {
    let bytes = text.as_bytes();
    let mut number: u64 = 0;
    let mut at = 0;
    while at < bytes.len() && bytes[at].is_ascii_digit() {
        let Some(tens) = number.checked_mul(10) else { return Err(SizeProblem::TooLarge) };
        let Some(sum) = tens.checked_add((bytes[at] - b'0') as u64) else { return Err(SizeProblem::TooLarge) };
        number = sum;
        at += 1;
    }
    if at == 0 {
        return Err(SizeProblem::NoNumber);
    }
    let unit: u64 = match bytes.split_at(at).1 {
        b"" | b"B" => 1,
        b"kB" => 1000,
        b"MB" => 1000_u64.pow(2),
        b"GB" => 1000_u64.pow(3),
        b"TB" => 1000_u64.pow(4),
        b"KiB" => 1 << 10,
        b"MiB" => 1 << 20,
        b"GiB" => 1 << 30,
        b"TiB" => 1 << 40,
        _ => return Err(SizeProblem::UnknownUnit),
    };
    match number.checked_mul(unit) {
        Some(size) => Ok(size),
        None => Err(SizeProblem::TooLarge),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_unit_is_known() {
        for unit in UNITS {
            assert!(parse(&format!("3{unit}")).is_ok(), "{unit}");
        }
        assert_eq!(parse("7"), Ok(7));
    }

    #[test]
    fn what_is_wrong_is_told() {
        assert_eq!(parse("MiB"), Err(SizeProblem::NoNumber));
        assert_eq!(parse("-1B"), Err(SizeProblem::NoNumber));
        for unknown in ["1mib", "1K", "1.5MiB", "1 MiB", "1PB"] {
            assert_eq!(parse(unknown), Err(SizeProblem::UnknownUnit), "{unknown}");
        }
    }

    #[test]
    fn what_does_not_fit_is_too_large() {
        assert_eq!(parse("16777215TiB"), Ok(16_777_215 << 40));
        assert_eq!(parse("16777216TiB"), Err(SizeProblem::TooLarge));
        assert_eq!(parse("18446744073709551616"), Err(SizeProblem::TooLarge));
    }
}
