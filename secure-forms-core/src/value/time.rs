//! Times of day as `<input type=time>` sends them (HTML Standard, 2.3.5.4): text enters, hours to milliseconds leave.
//! `HH:MM`, `HH:MM:SS` or `HH:MM:SS.s` with one to three digits. There is no second 60 and no hour 24.

use super::two_digits;

/// A time of day.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Time {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
    /// 0 to 999.
    pub millisecond: u16,
}

/// Not a time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotTime;

/// Reads a time.
///
/// ```
/// use secure_forms_core::value::time::{parse, NotTime, Time};
/// assert_eq!(parse("09:30"), Ok(Time { hour: 9, minute: 30, ..Time::default() }));
/// assert_eq!(parse("09:30:15.5").unwrap().millisecond, 500);
/// assert_eq!(parse("24:00"), Err(NotTime));
/// ```
///
/// # Errors
/// The text is not a time in this form, or there is no such time.
pub fn parse(text: &str) -> Result<Time, NotTime> {
    let bytes = text.as_bytes();
    let (minutes, rest) = bytes.split_at_checked(5).ok_or(NotTime)?;
    let &[h0, h1, b':', m0, m1] = minutes else { return Err(NotTime) };
    let hour = below(24, h0, h1)?;
    let minute = below(60, m0, m1)?;
    let (second, millisecond) = match *rest {
        [] => (0, 0),
        [b':', s0, s1] => (below(60, s0, s1)?, 0),
        [b':', s0, s1, b'.', ref fraction @ ..] => (below(60, s0, s1)?, thousandths(fraction)?),
        _ => return Err(NotTime),
    };
    Ok(Time { hour, minute, second, millisecond })
}

fn below(limit: u8, high: u8, low: u8) -> Result<u8, NotTime> {
    two_digits(&[high, low]).filter(|&number| number < limit).ok_or(NotTime)
}

fn thousandths(digits: &[u8]) -> Result<u16, NotTime> {
    if !matches!(digits.len(), 1..=3) || !digits.iter().all(u8::is_ascii_digit) {
        return Err(NotTime);
    }
    let worth = [100, 10, 1];
    Ok(digits.iter().zip(worth).map(|(digit, worth)| u16::from(digit - b'0') * worth).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_their_parts_may_follow() {
        assert_eq!(parse("23:59:59.999"), Ok(Time { hour: 23, minute: 59, second: 59, millisecond: 999 }));
        assert_eq!(parse("00:00:00.05"), Ok(Time { millisecond: 50, ..Time::default() }));
    }

    #[test]
    fn other_spellings_are_refused() {
        for bad in [
            "",
            "9:30",
            "09:3",
            "24:00",
            "23:60",
            "23:59:60",
            "09:30:",
            "09:30:15.",
            "09:30:15.1234",
            "09:30 PM",
            "09-30",
            "09:30:15,5",
            "09:30Z",
            "0é:30",
            "-1:30",
        ] {
            assert_eq!(parse(bad), Err(NotTime), "{bad}");
        }
    }
}
