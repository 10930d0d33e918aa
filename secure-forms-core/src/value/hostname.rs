//! Names of hosts (RFC 1123, 2.1; RFC 1035, 2.3.4): text enters, a verdict leaves. ASCII only: other scripts come as
//! `xn--`. No dot at the end. The last label is not a number, so that no name can be taken for an address.

/// Why a text is not the name of a host.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum HostnameProblem {
    /// Empty, or longer than 253 bytes, the most that DNS can carry.
    Length,
    /// A label is empty, longer than 63 bytes, has a hyphen first or last, or another character than letters, digits and
    /// hyphens.
    Label,
    /// The last label is a number.
    NumericEnd,
}

const MAX_NAME: usize = 253;
const MAX_LABEL: usize = 63;

/// Judges a name.
///
/// ```
/// use secure_forms_core::value::hostname::{check, HostnameProblem};
/// assert_eq!(check("www.example.org"), Ok(()));
/// assert_eq!(check("-x.example"), Err(HostnameProblem::Label));
/// assert_eq!(check("192.0.2.1"), Err(HostnameProblem::NumericEnd));
/// ```
///
/// # Errors
/// The first thing that is wrong.
pub fn check(text: &str) -> Result<(), HostnameProblem> {
    if text.is_empty() || text.len() > MAX_NAME {
        return Err(HostnameProblem::Length);
    }
    let mut last = "";
    for label in text.split('.') {
        if !is_label(label.as_bytes()) {
            return Err(HostnameProblem::Label);
        }
        last = label;
    }
    if last.bytes().all(|byte| byte.is_ascii_digit()) { Err(HostnameProblem::NumericEnd) } else { Ok(()) }
}

fn is_label(label: &[u8]) -> bool {
    label.len() <= MAX_LABEL
        && label.first().is_some_and(u8::is_ascii_alphanumeric)
        && label.last().is_some_and(u8::is_ascii_alphanumeric)
        && label.iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_hosts_are_taken() {
        for good in
            ["localhost", "a", "3com.com", "xn--bcher-kva.example", "a--b.c", &"x".repeat(63), "1.2.3.4.in-addr.arpa"]
        {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn labels_are_letters_digits_and_inner_hyphens() {
        for bad in [".", "a.", ".a", "a..b", "a-.b", "a_b.c", "a b", "bücher.example", "a/b", "a:80", &"x".repeat(64)]
        {
            assert_eq!(check(bad), Err(HostnameProblem::Label), "{bad}");
        }
    }

    #[test]
    fn the_whole_is_at_most_253_bytes() {
        let name = |last: usize| {
            [&"a".repeat(63), &"b".repeat(63), &"c".repeat(63), &"d".repeat(last)].map(String::as_str).join(".")
        };
        assert_eq!(check(&name(61)), Ok(()));
        assert_eq!(check(&name(62)), Err(HostnameProblem::Length));
        assert_eq!(check(""), Err(HostnameProblem::Length));
    }
}
