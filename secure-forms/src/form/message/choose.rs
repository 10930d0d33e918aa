//! Which language answers a request: `Accept-Language` against the languages that an application has (RFC 9110, 12.5.4; RFC 4647,
//! 3.3.1 and 3.4).

use std::cmp::Reverse;

use super::Messages;

/// The most ranges that are read: browsers send fewer than ten.
const MAX_RANGES: usize = 50;

/// The catalogue that the person would rather read, by the text of the request's `Accept-Language`; `None` if the header asks for
/// none of these. Each is offered under a language tag (RFC 5646), in any case of its letters.
///
/// The highest quality wins, of two that are the same the one that the header names first. `en` asks for `en-GB` too, and who asks for
/// `de-AT` would rather read `de` than something else. What is no range, or has no such quality, is not looked at.
///
/// ```
/// use secure_forms::form::{English, German, Messages, choose_messages};
///
/// let offered: [(&str, &'static dyn Messages); 2] = [("en", &English), ("de", &German)];
/// let lang = |header| choose_messages(header, &offered).map(|messages| messages.lang());
/// assert_eq!(lang("de-AT,de;q=0.9,en;q=0.5"), Some("de"));
/// assert_eq!(lang("fr, *;q=0.1"), Some("en"));
/// assert_eq!(lang("fr"), None);
/// ```
pub fn choose_messages(
    accept_language: &str,
    offered: &[(&str, &'static dyn Messages)],
) -> Option<&'static dyn Messages> {
    let ranges: Vec<Range<'_>> = accept_language.split(',').take(MAX_RANGES).filter_map(Range::parse).collect();
    let mut best: Option<(Wish, &'static dyn Messages)> = None;
    for (tag, messages) in offered {
        let wish = wish(&ranges, tag).filter(|wish| wish.0 > 0);
        if let Some(wish) = wish
            && best.is_none_or(|(known, _)| wish > known)
        {
            best = Some((wish, *messages));
        }
    }
    best.map(|(_, messages)| messages)
}

/// A quality in thousandths, and how early the header says it.
type Wish = (u16, Reverse<usize>);

/// What the header says of this tag: the range that names it most closely decides.
fn wish(ranges: &[Range<'_>], tag: &str) -> Option<Wish> {
    let found = ranges.iter().enumerate().filter_map(|(at, range)| {
        let how = range.names(tag)?;
        Some((how, (range.quality, Reverse(at))))
    });
    found.max().map(|(_, wish)| wish)
}

/// How closely a range names a tag; the later the closer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Named {
    /// `*`.
    Any,
    /// The range is narrower than the tag: `de-AT` and `de`.
    Wider,
    /// The range is the tag, or what it begins with, of so many bytes.
    Within(usize),
}

/// One language range with its quality.
struct Range<'h> {
    tag: &'h str,
    quality: u16,
}

impl<'h> Range<'h> {
    fn parse(text: &'h str) -> Option<Self> {
        let mut parts = text.split(';').map(|part| part.trim_matches([' ', '\t']));
        let tag = parts.next().filter(|tag| is_range(tag))?;
        let quality = parts.next().map_or(Some(1000), quality)?;
        parts.next().is_none().then_some(Self { tag, quality })
    }

    fn names(&self, tag: &str) -> Option<Named> {
        if self.tag == "*" {
            Some(Named::Any)
        } else if begins_with(tag, self.tag) {
            Some(Named::Within(self.tag.len()))
        } else {
            // "Not `de-AT`" is not "not `de`".
            (self.quality > 0 && begins_with(self.tag, tag)).then_some(Named::Wider)
        }
    }
}

/// `*`, or subtags of letters and digits (RFC 4647, 2.1).
fn is_range(text: &str) -> bool {
    let is_subtag = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text == "*" || text.split('-').all(is_subtag)
}

/// Whether `tag` is `range`, or `range` and further subtags.
fn begins_with(tag: &str, range: &str) -> bool {
    let is_head = tag.get(..range.len()).is_some_and(|head| head.eq_ignore_ascii_case(range));
    is_head && tag.get(range.len()..).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// `q=0.85` in thousandths (RFC 9110, 12.4.2): at most three digits behind the point, and none above 1.
fn quality(text: &str) -> Option<u16> {
    let value = text.strip_prefix("q=").or_else(|| text.strip_prefix("Q="))?;
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    if !matches!(whole, "0" | "1") || fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{whole}{fraction:0<3}").parse().ok()?;
    (thousandths <= 1000).then_some(thousandths)
}

#[cfg(test)]
mod tests {
    use super::super::{English, German};
    use super::*;

    fn chosen(header: &str, tags: [&'static str; 2]) -> Option<&'static str> {
        choose_messages(header, &[(tags[0], &English), (tags[1], &German)]).map(Messages::lang)
    }

    #[test]
    fn the_highest_quality_wins() {
        for (header, lang) in [
            ("de", Some("de")),
            ("DE", Some("de")),
            ("en;q=0.8, de;q=0.9", Some("de")),
            ("en;q=0.8,de;q=0.801", Some("de")),
            ("en ; q=0.1\t,\tde ; Q=0.2", Some("de")),
            ("de, en", Some("de")),
            ("en, de", Some("en")),
            ("de-AT, en;q=0.9", Some("de")),
            ("fr, de-CH;q=0.3, en;q=0.2", Some("de")),
            ("fr", None),
            ("", None),
        ] {
            assert_eq!(chosen(header, ["en", "de"]), lang, "{header}");
        }
    }

    #[test]
    fn a_star_stands_for_what_is_not_named() {
        assert_eq!(chosen("*", ["en", "de"]), Some("en"));
        assert_eq!(chosen("en;q=0.1, *;q=0.5", ["en", "de"]), Some("de"));
        assert_eq!(chosen("en;q=0, *", ["en", "de"]), Some("de"));
        assert_eq!(chosen("*;q=0", ["en", "de"]), None);
    }

    #[test]
    fn a_quality_of_nothing_is_a_refusal() {
        assert_eq!(chosen("de;q=0, en;q=0.1", ["en", "de"]), Some("en"));
        assert_eq!(chosen("de;q=0.000", ["en", "de"]), None);
        assert_eq!(chosen("de-AT;q=0, de;q=0.5", ["de-AT", "de"]), Some("de"));
        assert_eq!(chosen("de-AT;q=0, *", ["fr", "de"]), Some("en"), "the first, under the name of `fr`");
    }

    #[test]
    fn the_range_that_names_a_tag_most_closely_decides() {
        assert_eq!(chosen("en;q=0.9, en-GB;q=0.1, de;q=0.5", ["en-GB", "de"]), Some("de"));
        assert_eq!(chosen("en-GB;q=0.1, en;q=0.9, de;q=0.5", ["en-US", "de"]), Some("en"));
        assert_eq!(chosen("e, d", ["en", "de"]), None, "a part of a subtag is none");
    }

    #[test]
    fn what_is_no_range_is_not_looked_at() {
        for header in [
            "de;q=1.001",
            "de;q=2",
            "de;q=",
            "de;q=.5",
            "de;q=0.1234",
            "de;q=-1",
            "de;q=0.x",
            "de;x=1",
            "de;q=1;q=1",
            "d e",
            "dé",
            "de-",
            "-",
            "*-de",
            ";q=1",
            "abcdefghi",
            "\u{0}",
            "𝕕𝕖",
        ] {
            assert_eq!(chosen(header, ["en", "de"]), None, "{header}");
            assert_eq!(chosen(&format!("{header},de"), ["en", "de"]), Some("de"), "{header}");
        }
    }

    #[test]
    fn a_header_of_any_length_is_read_to_a_limit() {
        assert_eq!(chosen(&format!("{}de", "fr,".repeat(49)), ["en", "de"]), Some("de"));
        assert_eq!(chosen(&format!("{}de", "fr,".repeat(50)), ["en", "de"]), None);
    }
}
