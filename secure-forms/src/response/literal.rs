//! The texts of generated code, read again: what `asset!` and `remote_asset!` write enters, and leaves as it is, or, should it ever be
//! something else, as what leads nowhere. Constant, so that it costs nothing at run time; without a panic, which would be one more way to
//! fail.

use secure_forms_core::path;

/// No URL leads here (URL Standard, 6: `about:invalid` in CSS Values 4.6 stands for an address that cannot be fetched).
const NOWHERE: &str = "about:invalid";
/// A hash that no file is known to have.
const OF_NOTHING: &str = "sha384-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const HASH_PREFIX: &[u8] = b"sha384-";

/// A path of this site.
pub(super) const fn site_path(text: &'static str) -> &'static str {
    if path::is_emitted(text) { text } else { NOWHERE }
}

/// `https://`, a host, visible ASCII without what ends an attribute.
pub(super) const fn https_url(text: &'static str) -> &'static str {
    let (bytes, scheme) = (text.as_bytes(), b"https://");
    if bytes.len() <= scheme.len() || bytes[scheme.len()] == b'/' {
        return NOWHERE;
    }
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let is_out_of_scheme = at < scheme.len() && byte != scheme[at];
        if is_out_of_scheme || !byte.is_ascii_graphic() || matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'\\') {
            return NOWHERE;
        }
        at += 1;
    }
    text
}

/// `sha384-` and 48 bytes in base64 (Subresource Integrity, 3.5).
pub(super) const fn hash(text: &'static str) -> &'static str {
    let bytes = text.as_bytes();
    if bytes.len() != OF_NOTHING.len() {
        return OF_NOTHING;
    }
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let fits = if at < HASH_PREFIX.len() {
            byte == HASH_PREFIX[at]
        } else {
            byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/'
        };
        if !fits {
            return OF_NOTHING;
        }
        at += 1;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_macros_write_stays() {
        for text in ["/assets/app.0123456789abcdef.js", "/"] {
            assert_eq!(site_path(text), text);
        }
        for text in ["https://cdn.example.org/a.js?b=c&d", "https://a"] {
            assert_eq!(https_url(text), text);
        }
        let text = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(hash(text), text);
    }

    #[test]
    fn anything_else_leads_nowhere() {
        for text in [
            "https://evil.example/x.js",
            "//evil.example",
            "/\\evil",
            "",
            "x",
            "/a b",
            "/a\r\nb",
            "javascript:alert(1)",
        ] {
            assert_eq!(site_path(text), NOWHERE, "{text}");
        }
        for text in [
            "",
            "https://",
            "https:///x",
            "http://a/x.js",
            "HTTPS://a",
            "javascript:alert(1)",
            "https://a/\"x",
            "https://a/x y",
            "https://a/é",
        ] {
            assert_eq!(https_url(text), NOWHERE, "{text}");
        }
        for text in [
            "",
            "sha384-",
            "sha256-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb",
            "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImL\"b",
        ] {
            assert_eq!(hash(text), OF_NOTHING, "{text}");
        }
    }
}
