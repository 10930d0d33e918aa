//! The redirect rule: text of a `next` parameter, decoded exactly once, becomes the text of a `Location` header that stays on
//! this site whatever reads it, or a refusal. URL Standard, section 4.4; the attack is CWE-601, open redirect.
//!
//! | step | what is looked at | refused |
//! |---|---|---|
//! | 1 | the whole text | empty, above 2048 bytes, any C0, DEL or C1 control |
//! | 2 | the first two bytes | no `/` at first; `/` or `\` at second |
//! | 3 | the path (up to `?` or `#`) | a backslash |
//! | 4 | the path with its dot segments (`.`, `..`, `%2e`) resolved | `//` at the start |
//! | 5 | the path of step 4, decoded once more, TAB, CR, LF removed, `\` read as `/` | NUL, CR, LF; `//` at the start, before and after resolving once more |
//! | 6 | the emitted text | above 2048 bytes |
//!
//! Step 5 is against proxies that decode a `Location` on its way; the browser never sees the encoded form then.

use std::borrow::Cow;
use std::fmt;

use super::dot_segments::{self, Walk};
use crate::percent;

/// The longest text that goes in or comes out, in bytes.
pub const MAX_BYTES: usize = 2048;

/// Why a target was refused. It never holds the target.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Refusal {
    /// There is no text. (An empty `next` is treated as absent before the rule is asked.)
    Empty,
    /// More than [`MAX_BYTES`] bytes, as given or once encoded.
    TooLong {
        /// How many bytes there are.
        bytes: usize,
    },
    /// A control character: C0, DEL or C1. Browsers drop some of them before they look for a host.
    Control,
    /// The first byte is not `/`: a scheme, a relative path, a query alone.
    NotAbsolutePath,
    /// The text starts with `//` or `/\`: a browser reads a host behind it.
    OtherHost,
    /// A backslash in the path: browsers read it as a slash.
    Backslash,
    /// Once `.` and `..` are resolved, the path starts with `//`.
    OtherHostAfterDotSegments,
    /// Once decoded by a proxy on the way, the path starts with `//`.
    OtherHostAfterDecoding,
    /// Once decoded by a proxy on the way, the path holds NUL, CR or LF.
    ControlAfterDecoding,
    /// The origin is not on the list of allowed origins.
    UnlistedOrigin,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the target is empty",
            Self::TooLong { bytes } => {
                return write!(f, "the target has {bytes} bytes; at most {MAX_BYTES} are allowed");
            }
            Self::Control => "the target holds a control character",
            Self::NotAbsolutePath => "the target does not start with `/`",
            Self::OtherHost => "the target starts with `//` or `/\\`, which names another host",
            Self::Backslash => "the path holds a backslash, which browsers read as `/`",
            Self::OtherHostAfterDotSegments => "the path starts with `//` once `.` and `..` are resolved",
            Self::OtherHostAfterDecoding => "the path starts with `//` once it is decoded",
            Self::ControlAfterDecoding => "the path holds NUL, CR or LF once it is decoded",
            Self::UnlistedOrigin => "the origin of the target is not listed",
        })
    }
}

impl std::error::Error for Refusal {}

/// Turns text from outside into the text of a `Location` header on this site: path, query and fragment, dot segments resolved,
/// in visible ASCII without `\ " < >`. Borrows where the text is already so.
///
/// `text` has been decoded exactly once. 1 to 2048 bytes go in, at most 2048 come out; what comes out is accepted again, unchanged.
///
/// ```
/// use secure_forms_core::path::{Refusal, redirect};
/// assert_eq!(redirect("/users/42?tab=a b").as_deref(), Ok("/users/42?tab=a%20b"));
/// assert_eq!(redirect("/a/../b").as_deref(), Ok("/b"));
/// assert_eq!(redirect("//evil.test"), Err(Refusal::OtherHost));
/// assert_eq!(redirect("/x/..//evil.test"), Err(Refusal::OtherHostAfterDotSegments));
/// ```
///
/// # Errors
/// [`Refusal`] says which step of the module's table refused.
///
/// # Security
/// Stops open redirects (CWE-601) and header injection (CWE-113): if text is accepted, the emitted `Location` stays on the origin.
/// It does not decide whether the person may see the page.
pub fn redirect(text: &str) -> Result<Cow<'_, str>, Refusal> {
    if text.len() > MAX_BYTES {
        return Err(Refusal::TooLong { bytes: text.len() });
    }
    match look(text.as_bytes())? {
        Look { form: Form::AsEmitted, .. } => Ok(Cow::Borrowed(text)),
        Look { form: Form::ToBeRewritten, path_bytes } => rewrite(text, path_bytes).map(Cow::Owned),
    }
}

/// Whether the rule accepts `text` and emits it unchanged; for text that a macro checked, where there is no place for a heap.
///
/// ```
/// const _: () = assert!(secure_forms_core::path::is_emitted("/login"));
/// assert!(!secure_forms_core::path::is_emitted("//login"));
/// ```
#[must_use]
pub const fn is_emitted(text: &str) -> bool {
    text.len() <= MAX_BYTES && is_local(text)
}

/// As [`is_emitted`], for text of any length: a link made of typed values is as long as they are.
///
/// ```
/// let long = format!("/search?q={}", "x".repeat(5000));
/// assert!(secure_forms_core::path::is_local(&long) && !secure_forms_core::path::is_emitted(&long));
/// ```
#[must_use]
pub const fn is_local(text: &str) -> bool {
    matches!(look(text.as_bytes()), Ok(Look { form: Form::AsEmitted, .. }))
}

const CONTROL: u8 = 1;
const ENCODED: u8 = 1 << 1;
const BACKSLASH: u8 = 1 << 2;
/// Dot segments and triplets begin with these: the path needs the closer look.
const DOT: u8 = 1 << 3;
const PERCENT: u8 = 1 << 4;
const PATH_END: u8 = 1 << 5;
/// The first byte of the UTF-8 form of U+0080..=U+00BF, so of every C1 control.
const C1_LEAD: u8 = 1 << 6;

/// What each byte means to the rule.
static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0u8;
    loop {
        table[byte as usize] = match byte {
            0..=0x1F | 0x7F => CONTROL,
            b' ' | b'"' | b'<' | b'>' => ENCODED,
            b'\\' => ENCODED | BACKSLASH,
            b'.' => DOT,
            b'%' => PERCENT,
            b'?' | b'#' => PATH_END,
            0xC2 => ENCODED | C1_LEAD,
            0x80.. => ENCODED,
            _ => 0,
        };
        if byte == u8::MAX {
            return table;
        }
        byte += 1;
    }
}

/// What one pass found out about text that has not been refused so far.
struct Look {
    form: Form,
    path_bytes: usize,
}

enum Form {
    AsEmitted,
    ToBeRewritten,
}

/// Steps 1 to 3 in one pass, and step 5 for a path that stays as it is.
const fn look(bytes: &[u8]) -> Result<Look, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes[0] != b'/' {
        return Err(Refusal::NotAbsolutePath);
    }
    if bytes.len() > 1 && matches!(bytes[1], b'/' | b'\\') {
        return Err(Refusal::OtherHost);
    }
    let mut in_path = 0;
    let mut at = 1;
    while at < bytes.len() {
        let class = CLASS[bytes[at] as usize];
        if class & PATH_END != 0 {
            break;
        }
        in_path |= class;
        at += 1;
    }
    let path_bytes = at;
    let mut anywhere = in_path;
    while at < bytes.len() {
        anywhere |= CLASS[bytes[at] as usize];
        at += 1;
    }
    if anywhere & CONTROL != 0 || (anywhere & C1_LEAD != 0 && holds_c1(bytes)) {
        return Err(Refusal::Control);
    }
    if in_path & BACKSLASH != 0 {
        return Err(Refusal::Backslash);
    }
    let mut form = if anywhere & ENCODED == 0 { Form::AsEmitted } else { Form::ToBeRewritten };
    if in_path & (DOT | PERCENT) != 0 {
        let (path, _) = bytes.split_at(path_bytes);
        if Walk::over(path).met_dot_segment() {
            // What the path becomes is judged once it is written.
            form = Form::ToBeRewritten;
        } else if let Err(refusal) = survives_decoding(path) {
            return Err(refusal);
        }
    }
    Ok(Look { form, path_bytes })
}

const fn holds_c1(bytes: &[u8]) -> bool {
    let mut at = 1;
    while at < bytes.len() {
        if bytes[at - 1] == 0xC2 && bytes[at] < 0xA0 {
            return true;
        }
        at += 1;
    }
    false
}

/// Step 5. `path` starts with a slash.
const fn survives_decoding(path: &[u8]) -> Result<(), Refusal> {
    let mut walk = Walk::behind_first_slash();
    let mut in_first_segment = true;
    let mut at = 1;
    while at < path.len() {
        let (byte, width) = match percent::triplet(path, at) {
            Some(byte) => (byte, 3),
            None => (path[at], 1),
        };
        at += width;
        match byte {
            0 | b'\r' | b'\n' => return Err(Refusal::ControlAfterDecoding),
            // Browsers remove TAB before they read (URL Standard, 4.4).
            b'\t' => {}
            b'/' | b'\\' => {
                // A proxy that decodes and does not resolve sends `//evil.test/../..`.
                if in_first_segment && walk.segment_is_empty() {
                    return Err(Refusal::OtherHostAfterDecoding);
                }
                in_first_segment = false;
                walk.slash();
            }
            b'?' | b'#' => {
                // Decoded, this ends the path: what follows can no longer take the `//` away.
                let mut cut = walk;
                cut.end();
                if cut.starts_with_two_slashes() {
                    return Err(Refusal::OtherHostAfterDecoding);
                }
                walk.byte(byte);
            }
            _ => walk.byte(byte),
        }
    }
    walk.end();
    if walk.starts_with_two_slashes() { Err(Refusal::OtherHostAfterDecoding) } else { Ok(()) }
}

/// Steps 4 to 6 for text that is not emitted as it was given.
fn rewrite(text: &str, path_bytes: usize) -> Result<String, Refusal> {
    let (path, rest) = text.as_bytes().split_at(path_bytes);
    let mut out = String::with_capacity(text.len() + 16);
    resolve(&mut out, path);
    if out.starts_with("//") {
        return Err(Refusal::OtherHostAfterDotSegments);
    }
    survives_decoding(out.as_bytes())?;
    encode(&mut out, rest);
    if out.len() > MAX_BYTES {
        return Err(Refusal::TooLong { bytes: out.len() });
    }
    Ok(out)
}

/// Writes the path without its dot segments (URL Standard, section 4.4, path state), encoded.
fn resolve(out: &mut String, path: &[u8]) {
    let mut segments = path[1..].split(|byte| *byte == b'/').peekable();
    while let Some(segment) = segments.next() {
        let dots = dot_segments::dots(segment);
        if dots == 2 {
            out.truncate(out.rfind('/').unwrap_or(0));
        }
        if dots == 0 {
            out.push('/');
            encode(out, segment);
        } else if segments.peek().is_none() {
            out.push('/');
        }
    }
}

fn encode(out: &mut String, text: &[u8]) {
    for byte in text {
        if CLASS[usize::from(*byte)] & ENCODED == 0 {
            out.push(char::from(*byte));
        } else {
            percent::push_triplet(out, *byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Refusal {
        redirect(text).expect_err(text)
    }

    #[test]
    fn plain_text_is_borrowed() {
        for text in ["/", "/a//b", "/a%2Fb", "/.well-known/x", "/x?u=https://x.test/#/..//a", "/a?b?c##d"] {
            assert!(matches!(redirect(text), Ok(Cow::Borrowed(emitted)) if emitted == text), "{text}");
        }
    }

    #[test]
    fn text_in_other_alphabets_is_encoded() {
        assert_eq!(redirect("/é?ü#日").as_deref(), Ok("/%C3%A9?%C3%BC#%E6%97%A5"));
        assert_eq!(redirect("/\u{A0}?\"<\\>").as_deref(), Ok("/%C2%A0?%22%3C%5C%3E"));
    }

    #[test]
    fn dot_segments_are_resolved_as_browsers_do() {
        for (text, emitted) in [("/a/..", "/"), ("/a/b/..", "/a/"), ("/a/.", "/a/"), ("/..", "/"), ("/a//../b", "/a/b")]
        {
            assert_eq!(redirect(text).as_deref(), Ok(emitted), "{text}");
        }
    }

    #[test]
    fn another_host_is_refused_in_every_disguise() {
        assert_eq!(refused("//evil.test"), Refusal::OtherHost);
        assert_eq!(refused("/\\evil.test"), Refusal::OtherHost);
        assert_eq!(refused("/%2e//evil.test"), Refusal::OtherHostAfterDotSegments);
        assert_eq!(refused("/x/..%2f/evil.test"), Refusal::OtherHostAfterDecoding);
        assert_eq!(refused("/%09/evil.test"), Refusal::OtherHostAfterDecoding);
    }

    #[test]
    fn a_proxy_that_decodes_and_does_not_resolve_is_thought_of() {
        assert_eq!(refused("/%2fevil.test%2f..%2f.."), Refusal::OtherHostAfterDecoding);
        assert_eq!(refused("/.%2f/evil.test%3f..%2f..%2f.."), Refusal::OtherHostAfterDecoding);
        assert_eq!(redirect("/a%2f%2fevil.test%3f..").as_deref(), Ok("/a%2f%2fevil.test%3f.."));
    }

    #[test]
    fn dots_encoded_twice_are_still_dots() {
        assert_eq!(refused("/%252e//evil.test"), Refusal::OtherHostAfterDecoding);
        assert_eq!(redirect("/a%252eb/c").as_deref(), Ok("/a%252eb/c"));
    }

    #[test]
    fn controls_are_refused_wherever_they_stand() {
        for text in ["/\t/evil", "/a?\u{7f}", "/#\u{85}", "/\u{9f}", "/a\0"] {
            assert_eq!(refused(text), Refusal::Control, "{text:?}");
        }
        assert_eq!(refused("/a%0D"), Refusal::ControlAfterDecoding);
        assert!(redirect("/a?b=%0D%0A").is_ok());
    }

    #[test]
    fn the_limit_holds_before_and_after_encoding() {
        assert!(redirect(&format!("/{}", "a".repeat(MAX_BYTES - 1))).is_ok());
        assert_eq!(refused(&format!("/{}", "a".repeat(MAX_BYTES))), Refusal::TooLong { bytes: MAX_BYTES + 1 });
        assert_eq!(refused(&format!("/?{}", " ".repeat(1000))), Refusal::TooLong { bytes: 3002 });
    }

    proptest::proptest! {
        #[test]
        fn what_is_emitted_is_emitted_again(text in "\\PC*|/[/.?#;a\\\\%2eEfF5c09 é\"<>]{0,40}") {
            if let Ok(emitted) = redirect(&text) {
                proptest::prop_assert!(is_emitted(&emitted), "{text:?} gives {emitted:?}");
                proptest::prop_assert!(emitted.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\\"<>".contains(&byte)));
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in proptest::prelude::any::<String>()) {
            let _ = redirect(&text);
            let _ = redirect(&format!("/{text}"));
        }
    }
}
