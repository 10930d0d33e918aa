//! One source expression: nonce, hash, scheme or host (CSP Level 3, section 2.3.1).

/// Stands in a policy's text where each response puts its own nonce.
pub const NONCE: &str = "'nonce-{nonce}'";

/// Hash algorithms with the number of bytes that each gives.
const HASHES: [(&str, usize); 3] = [("sha256", 32), ("sha384", 48), ("sha512", 64)];

/// `https:`
pub(super) fn is_scheme(value: &str) -> bool {
    value.strip_suffix(':').is_some_and(is_scheme_name)
}

fn is_scheme_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'))
}

/// The text between `'nonce-` and `'`.
pub(super) fn nonce_text(value: &str) -> Option<&str> {
    value.strip_prefix("'nonce-")?.strip_suffix('\'').filter(|text| !text.is_empty())
}

/// A nonce in the characters that browsers take, or the placeholder of one.
pub(super) fn is_nonce(value: &str) -> bool {
    value == NONCE || nonce_text(value).is_some_and(is_base64)
}

/// Algorithm and text of a hash, whatever its characters.
fn hash_parts(value: &str) -> Option<((&'static str, usize), &str)> {
    let (algorithm, rest) = value.strip_prefix('\'')?.split_once('-')?;
    let known = HASHES.into_iter().find(|(name, _)| *name == algorithm)?;
    Some((known, rest.strip_suffix('\'').filter(|text| !text.is_empty())?))
}

/// A hash in the characters that browsers take.
pub(super) fn is_hash(value: &str) -> bool {
    hash_parts(value).is_some_and(|(_, text)| is_base64(text))
}

/// For a hash whose length is not its algorithm's: the algorithm, the bytes that it gives.
pub(super) fn wrong_hash_length(value: &str) -> Option<(&'static str, usize)> {
    let (known, text) = hash_parts(value)?;
    let letters = text.trim_end_matches('=').len();
    let exact = letters == (known.1 * 8).div_ceil(6) && (text.len() == letters || text.len().is_multiple_of(4));
    (!exact).then_some(known)
}

/// `[A-Za-z0-9+/_-]+={0,2}`
fn is_base64(text: &str) -> bool {
    let letters = text.trim_end_matches('=');
    text.len() - letters.len() <= 2
        && !letters.is_empty()
        && letters.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'_' | b'-'))
}

/// Removes `scheme://` or `//`.
pub(super) fn without_scheme(value: &str) -> &str {
    let rest = match value.split_once("://") {
        Some((scheme, rest)) if is_loose_scheme(scheme) => rest,
        _ => value,
    };
    rest.strip_prefix("//").unwrap_or(rest)
}

/// The evaluator takes digits and `_` for a scheme's letters too.
fn is_loose_scheme(scheme: &str) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    scheme.bytes().next().is_some_and(word) && scheme.bytes().all(|b| word(b) || matches!(b, b'+' | b'.' | b'-'))
}

/// Whether a value that is neither quoted nor a scheme follows the grammar of a host: `[scheme://]host[:port][/path]`.
pub(super) fn is_host(value: &str) -> bool {
    let rest = match value.split_once("://") {
        Some((scheme, rest)) if is_scheme_name(scheme) => rest,
        Some(_) => return false,
        None => value,
    };
    let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    // IPv6 in brackets is outside the grammar; the evaluator reports addresses on their own.
    if authority.starts_with('[') {
        return true;
    }
    let (host, port) = authority.rsplit_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let port_fits =
        port.is_none_or(|port| port == "*" || (!port.is_empty() && port.bytes().all(|b| b.is_ascii_digit())));
    port_fits && is_host_name(host) && !path.contains(['?', '#', ';', ','])
}

fn is_host_name(host: &str) -> bool {
    if host == "*" {
        return true;
    }
    let host = host.strip_prefix("*.").unwrap_or(host);
    let host = host.strip_suffix('.').unwrap_or(host);
    let letter = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    host.split('.').all(|label| !label.is_empty() && label.bytes().all(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_has_the_length_of_its_algorithm() {
        assert_eq!(wrong_hash_length("'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='"), None);
        assert_eq!(wrong_hash_length("'sha384-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='"), Some(("sha384", 48)));
    }

    #[test]
    fn hosts_follow_the_grammar() {
        for host in
            ["a.example", "*.a.example", "https://a.example:443/x/", "a.example:*", "*", "localhost", "https://*"]
        {
            assert!(is_host(host), "{host}");
        }
        for not in [
            "*a.example",
            "a.*.example",
            "https:/a.example",
            "a.example:x",
            "a..example",
            "a.example/?q",
            "\"self\"",
            "",
        ] {
            assert!(!is_host(not), "{not}");
        }
    }
}
