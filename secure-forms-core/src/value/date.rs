//! Dates as `<input type=date>` sends them (HTML Standard, 2.3.5.2): text enters, year, month and day leave. `YYYY-MM-DD`
//! of the Gregorian calendar, years 0001 to 9999; a day that the month does not have is refused.

use super::two_digits;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Date {
    /// 1 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// Not a date.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotDate;

/// Reads a date.
///
/// ```
/// use secure_forms_core::value::date::{parse, Date, NotDate};
/// assert_eq!(parse("2024-02-29"), Ok(Date { year: 2024, month: 2, day: 29 }));
/// assert_eq!(parse("2023-02-29"), Err(NotDate));
/// ```
///
/// # Errors
/// The text is not a date in this form, or there is no such day.
pub fn parse(text: &str) -> Result<Date, NotDate> {
    let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = text.as_bytes() else { return Err(NotDate) };
    let number = |high, low| two_digits(&[high, low]).ok_or(NotDate);
    let year = u16::from(number(y0, y1)?) * 100 + u16::from(number(y2, y3)?);
    let (month, day) = (number(m0, m1)?, number(d0, d1)?);
    if year == 0 || day == 0 || day > days_in(year, month) {
        return Err(NotDate);
    }
    Ok(Date { year, month, day })
}

/// HTML Standard, 2.3.5: the number of days in month `month` of year `year`; none in a month that there is not.
fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(400) || year.is_multiple_of(4) && !year.is_multiple_of(100);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn february_follows_the_gregorian_rule() {
        for leap in ["2024-02-29", "2000-02-29", "0004-02-29"] {
            assert!(parse(leap).is_ok(), "{leap}");
        }
        for common in ["2023-02-29", "1900-02-29", "2024-02-30"] {
            assert_eq!(parse(common), Err(NotDate), "{common}");
        }
    }

    #[test]
    fn the_calendar_has_ends() {
        assert!(parse("0001-01-01").is_ok());
        assert!(parse("9999-12-31").is_ok());
        for bad in ["0000-01-01", "2024-00-10", "2024-13-01", "2024-04-31", "2024-01-00", "2024-01-32"] {
            assert_eq!(parse(bad), Err(NotDate), "{bad}");
        }
    }

    #[test]
    fn other_spellings_are_refused() {
        for bad in [
            "",
            "2024-1-1",
            "24-01-01",
            "2024/01/01",
            "01.01.2024",
            "2024-01-01T00:00",
            " 2024-01-01",
            "12024-01-01",
            "２024-01-1",
        ] {
            assert_eq!(parse(bad), Err(NotDate), "{bad}");
        }
    }
}
