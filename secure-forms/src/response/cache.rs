//! What a response tells caches: its headers enter; whether all of them are forbidden to keep it leaves. RFC 9111, section 5.2
//! (`Cache-Control`); RFC 9213 (targeted fields, such as `CDN-Cache-Control`).

use http::header::{CACHE_CONTROL, EXPIRES, HeaderMap, HeaderName, HeaderValue};
use secure_forms_core::protocol;

/// Fields beside the targeted ones that some cache obeys before `Cache-Control`: of the Edge Architecture Specification, of nginx and of
/// Akamai. `Expires` is for caches that know nothing else (RFC 9111, section 5.3).
const OLDER: [HeaderName; 4] = [
    HeaderName::from_static(protocol::SURROGATE_CONTROL),
    HeaderName::from_static(protocol::X_ACCEL_EXPIRES),
    HeaderName::from_static(protocol::EDGE_CONTROL),
    EXPIRES,
];

/// Leaves `no-store` as the one word to every cache. Whether a field said otherwise is answered.
pub(super) fn forbid_storing(headers: &mut HeaderMap) -> bool {
    let mut said_otherwise = false;
    let others: Vec<HeaderName> = headers.keys().filter(|name| rules_some_cache(name)).cloned().collect();
    for name in others {
        // A date is no word against `no-store`, which handlers often send with one of the past.
        said_otherwise |= name != EXPIRES && !forbids_storing(headers, &name);
        headers.remove(name);
    }
    if !forbids_storing(headers, &CACHE_CONTROL) {
        said_otherwise |= headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store")).is_some();
    }
    said_otherwise
}

/// A targeted field is named after its caches: `CDN-Cache-Control`, `Cloudflare-CDN-Cache-Control`, `Netlify-Cache-Control` …
fn rules_some_cache(name: &HeaderName) -> bool {
    name.as_str().ends_with("-cache-control") || OLDER.contains(name)
}

/// Whether the lines of a field hold `no-store`, and no line is one that caches could read in two ways.
fn forbids_storing(headers: &HeaderMap, name: &HeaderName) -> bool {
    let mut forbidden = false;
    for line in headers.get_all(name) {
        match names_no_store(line.as_bytes()) {
            Some(named) => forbidden |= named,
            None => return false,
        }
    }
    forbidden
}

/// Whether `no-store` is one of the directives of a line; none if the line breaks the grammar.
fn names_no_store(line: &[u8]) -> Option<bool> {
    let mut named = false;
    for directive in directives(line)? {
        named |= directive.trim_ascii().eq_ignore_ascii_case(b"no-store");
    }
    Some(named)
}

/// Splits at commas outside of quoted strings (RFC 9110, sections 5.6.1 and 5.6.4). A quoted string follows `=`, and ends its directive.
fn directives(line: &[u8]) -> Option<Vec<&[u8]>> {
    let (mut directives, mut rest) = (Vec::new(), line);
    loop {
        let end = rest.iter().position(|byte| matches!(byte, b',' | b'"')).unwrap_or(rest.len());
        let (directive, more) = rest.split_at_checked(end)?;
        directives.push(directive);
        rest = match more {
            [] => return Some(directives),
            [b'"', quoted @ ..] if directive.ends_with(b"=") => after_quotes(quoted)?.trim_ascii_start(),
            [b'"', ..] => return None,
            more => more,
        };
        rest = match rest {
            [] => return Some(directives),
            [b',', rest @ ..] => rest,
            _ => return None,
        };
    }
}

/// What stands behind the closing quote; none if there is none.
fn after_quotes(mut quoted: &[u8]) -> Option<&[u8]> {
    loop {
        quoted = match quoted {
            [b'"', rest @ ..] => return Some(rest),
            [b'\\', _, rest @ ..] | [_, rest @ ..] => rest,
            [] => return None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_store_is_a_directive_and_not_a_part_of_one() {
        for line in
            ["no-store", " No-Store ", "private, no-store", "no-store,max-age=0", "x=\"a, b\", no-store", ", no-store,"]
        {
            assert_eq!(names_no_store(line.as_bytes()), Some(true), "{line}");
        }
        for line in [
            "",
            "public",
            "no-store=1",
            "no-store2",
            "x=\"a, no-store, b\"",
            "x=\"\\\", no-store\"",
            "private=\"no-store\"",
            "x=\"no-store\" , public",
            "no-store=\"\"",
        ] {
            assert_eq!(names_no_store(line.as_bytes()), Some(false), "{line}");
        }
    }

    #[test]
    fn a_line_that_caches_could_read_in_two_ways_is_none() {
        for line in [
            "x=\"a, no-store",
            "x=\"a\\\", no-store",
            "x\"a, no-store\"",
            "\"no-store\"",
            "x=\"a\"b, no-store",
            "x=\"a\"\"b\"",
        ] {
            assert_eq!(names_no_store(line.as_bytes()), None, "{line}");
        }
    }
}
