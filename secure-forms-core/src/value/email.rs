//! Email addresses: text enters, the place of its `@` leaves. `html` is the rule of the HTML Standard (4.10.5.1.5), which
//! every browser applies; `strict` narrows it to what mail can carry (RFC 5321, 4.1.2 and 4.5.3.1) and hand to other
//! programs.

use super::hostname;

/// How much an address must be like one.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Level {
    /// The browser's rule: takes `ada@localhost` and `.a..b.@example.org`.
    Html,
    /// The browser's rule, and: a dot in the domain, whose last label is not a number and whose `xn--` labels are the ASCII
    /// form of others; no hyphen first, no dot first, last or doubled before the `@`; at most 64 bytes before it, 254 in all.
    #[default]
    Strict,
}

/// Why a text is not an email address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EmailProblem {
    /// There is no `@`.
    NoAt,
    /// There is nothing before the `@`.
    LocalEmpty,
    /// A byte before the `@` that is not allowed there, at this place.
    LocalByte(usize),
    /// A dot first, last or doubled before the `@`.
    LocalDot,
    /// A hyphen first: programs that get the address as an argument would read an option.
    LocalHyphen,
    /// More than 64 bytes before the `@`.
    LocalTooLong,
    /// A byte behind the `@` that is not allowed there, at this place.
    DomainByte(usize),
    /// A part of the domain is empty, longer than 63 bytes, or has a hyphen first or last.
    DomainLabel,
    /// The domain has no dot.
    DomainWithoutDot,
    /// The last part of the domain is a number, as in `a@127.0.0.1`: addresses stand in brackets (RFC 5321, 4.1.3), and no
    /// domain at the top is a number (RFC 3696, 2).
    DomainNumericEnd,
    /// A part of the domain begins with `xn--` and is not the ASCII form of any.
    DomainEncoding,
    /// More than 254 bytes, which no mail server need take.
    TooLong,
}

/// The place of the `@` of a well-formed address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct At(pub usize);

/// RFC 5321, 4.5.3.1.1.
const MAX_LOCAL: usize = 64;
/// RFC 5321, 4.5.3.1.3: a path of 256 bytes, less its `<` and `>`. The 255 of a domain (4.5.3.1.2) cannot be reached then.
const MAX_ADDRESS: usize = 254;
/// RFC 1035, 2.3.4.
const MAX_LABEL: usize = 63;

/// Where a byte may stand: before the `@`…
const LOCAL: u8 = 1;
/// …or in a label of the domain.
const LABEL: u8 = 2;

const BYTES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => LOCAL | LABEL,
            b'.' | b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'/' | b'=' => LOCAL,
            b'?' | b'^' | b'_' | b'`' | b'{' | b'|' | b'}' | b'~' => LOCAL,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// Judges an address in one pass.
///
/// ```
/// use secure_forms_core::value::email::{check, At, EmailProblem, Level};
/// assert_eq!(check("ada@example.org", Level::Strict), Ok(At(3)));
/// assert_eq!(check("ada@localhost", Level::Html), Ok(At(3)));
/// assert_eq!(check("ada@localhost", Level::Strict), Err(EmailProblem::DomainWithoutDot));
/// assert_eq!(check("ada lovelace@example.org", Level::Html), Err(EmailProblem::LocalByte(3)));
/// ```
///
/// # Errors
/// The first thing that is wrong, from the left.
///
/// # Security
/// No control character, space, quote, comma or angle bracket passes, so that an accepted address cannot add headers or
/// recipients to a mail; and none of level [`Strict`](Level::Strict) can be taken for an option of a program. That an address is well formed says nothing of who reads its mail.
pub fn check(text: &str, level: Level) -> Result<At, EmailProblem> {
    let bytes = text.as_bytes();
    if level == Level::Strict && bytes.len() > MAX_ADDRESS {
        return Err(EmailProblem::TooLong);
    }
    let at = bytes.iter().position(|&byte| BYTES[usize::from(byte)] & LOCAL == 0).ok_or(EmailProblem::NoAt)?;
    if bytes.get(at) != Some(&b'@') {
        return Err(if text.contains('@') { EmailProblem::LocalByte(at) } else { EmailProblem::NoAt });
    }
    let (local, domain) = (bytes.get(..at).unwrap_or_default(), bytes.get(at + 1..).unwrap_or_default());
    if local.is_empty() {
        return Err(EmailProblem::LocalEmpty);
    }
    if level == Level::Strict {
        mailbox_name(local)?;
    }
    let count = labels(domain).map_err(|place| match place {
        Some(inside) => EmailProblem::DomainByte(at + 1 + inside),
        None => EmailProblem::DomainLabel,
    })?;
    if level == Level::Strict {
        mail_domain(text.get(at + 1..).unwrap_or_default(), count)?;
    }
    Ok(At(at))
}

/// What a domain must be beyond its labels.
fn mail_domain(domain: &str, labels: usize) -> Result<(), EmailProblem> {
    match domain {
        _ if labels == 1 => Err(EmailProblem::DomainWithoutDot),
        _ if hostname::ends_in_number(domain) => Err(EmailProblem::DomainNumericEnd),
        _ if !hostname::is_encoded_well(domain) => Err(EmailProblem::DomainEncoding),
        _ => Ok(()),
    }
}

/// `Dot-string` of RFC 5321, 4.1.2, whose bytes have been judged.
fn mailbox_name(local: &[u8]) -> Result<(), EmailProblem> {
    if local.len() > MAX_LOCAL {
        return Err(EmailProblem::LocalTooLong);
    }
    if local.first() == Some(&b'-') {
        return Err(EmailProblem::LocalHyphen);
    }
    // A dot that is first, last or doubled has nothing on one of its sides.
    if local.split(|&byte| byte == b'.').any(<[u8]>::is_empty) { Err(EmailProblem::LocalDot) } else { Ok(()) }
}

/// The number of labels; or the place of a byte that no domain has; or nothing, if a label is not one.
fn labels(domain: &[u8]) -> Result<usize, Option<usize>> {
    let (mut count, mut start) = (0, 0);
    loop {
        let rest = domain.get(start..).unwrap_or_default();
        let end = rest.iter().position(|&byte| BYTES[usize::from(byte)] & LABEL == 0).unwrap_or(rest.len());
        let (label, behind) = rest.split_at(end);
        if label.first() == Some(&b'-') {
            return Err(None);
        }
        if behind.first().is_some_and(|&byte| byte != b'.') {
            return Err(Some(start + end));
        }
        if matches!(label.last(), None | Some(b'-')) || label.len() > MAX_LABEL {
            return Err(None);
        }
        count += 1;
        if behind.is_empty() {
            return Ok(count);
        }
        start += end + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strict(text: &str) -> Result<At, EmailProblem> {
        check(text, Level::Strict)
    }

    #[test]
    fn addresses_of_people_are_taken() {
        for good in [
            "a@b.co",
            "Ada.Lovelace+tag@mail.example.org",
            "o'hara@xn--bcher-kva.example",
            "x@1.2e",
            "_@a-b.c",
            "a-@3com.com",
        ] {
            assert!(strict(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn what_is_missing_is_told() {
        assert_eq!(strict(""), Err(EmailProblem::NoAt));
        assert_eq!(strict("ada example"), Err(EmailProblem::NoAt));
        assert_eq!(strict("@example.org"), Err(EmailProblem::LocalEmpty));
        assert_eq!(strict("ada@"), Err(EmailProblem::DomainLabel));
    }

    #[test]
    fn what_could_add_a_header_or_a_recipient_is_refused() {
        for evil in ["a@b.co\r\nBcc: x@y.z", "a@b.co\n", " a@b.co", "a,x@b.co", "\"a b\"@b.co", "<a@b.co>", "a@b.co\0"]
        {
            assert!(check(evil, Level::Html).is_err(), "{evil:?}");
        }
    }

    #[test]
    fn dots_before_the_at_are_for_the_browser_only() {
        for dotted in [".a@b.co", "a.@b.co", "a..b@b.co"] {
            assert!(check(dotted, Level::Html).is_ok());
            assert_eq!(strict(dotted), Err(EmailProblem::LocalDot));
        }
    }

    #[test]
    fn the_last_part_of_a_domain_is_no_number() {
        for bad in ["a@127.0.0.1", "a@999.999.999.999", "a@127.1", "a@1.2", "a@b.0x7f"] {
            assert_eq!(strict(bad), Err(EmailProblem::DomainNumericEnd), "{bad}");
            assert!(check(bad, Level::Html).is_ok(), "{bad}");
        }
        assert_eq!(strict("a@xn--a.example"), Err(EmailProblem::DomainEncoding));
    }

    #[test]
    fn no_address_can_be_taken_for_an_option() {
        assert_eq!(strict("-oXqueue@b.co"), Err(EmailProblem::LocalHyphen));
        assert!(check("-oXqueue@b.co", Level::Html).is_ok());
    }

    #[test]
    fn labels_are_1_to_63_bytes_without_hyphens_at_their_ends() {
        let long = |length: usize| format!("a@{}.org", "x".repeat(length));
        assert!(check(&long(63), Level::Html).is_ok());
        for bad in [&long(64), "a@-b.co", "a@b-.co", "a@b..co", "a@.b.co", "a@b.co.", "a@b.c-"] {
            assert_eq!(check(bad, Level::Html), Err(EmailProblem::DomainLabel), "{bad}");
        }
    }

    #[test]
    fn lengths_are_those_of_rfc_5321() {
        let local = |length: usize| format!("{}@example.org", "a".repeat(length));
        assert!(strict(&local(64)).is_ok());
        assert_eq!(strict(&local(65)), Err(EmailProblem::LocalTooLong));
        let domain = ["d".repeat(63), "d".repeat(63), "d".repeat(61)].join(".");
        assert!(strict(&format!("{}@{domain}", "a".repeat(64))).is_ok());
        assert_eq!(strict(&format!("{}@{domain}d", "a".repeat(64))), Err(EmailProblem::TooLong));
    }

    #[test]
    fn literals_and_other_scripts_are_refused() {
        assert_eq!(strict("a@[127.0.0.1]"), Err(EmailProblem::DomainByte(2)));
        assert_eq!(strict("ä@b.co"), Err(EmailProblem::LocalByte(0)));
        assert_eq!(strict("a@bü.co"), Err(EmailProblem::DomainByte(3)));
        assert_eq!(strict("a@b_c.co"), Err(EmailProblem::DomainByte(3)));
        assert_eq!(strict("a@b@c.co"), Err(EmailProblem::DomainByte(3)));
    }
}
