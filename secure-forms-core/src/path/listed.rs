//! Listed origins: a target and the origins of the configuration enter, the listed origin's own text leaves, with the path by the
//! redirect rule. URL Standard, section 4.7 (origin); no URL or IDNA parser runs.

use std::borrow::Cow;

use super::redirect::{MAX_BYTES, Refusal, redirect};
use crate::origin::Origin;

/// The redirect rule with a list of allowed origins beside this site: paths go by [`redirect`], absolute targets must begin with a
/// listed origin, byte for byte, and their path goes by the same rule.
///
/// ```
/// use secure_forms_core::origin::Origin;
/// use secure_forms_core::path::{Refusal, listed_redirect};
/// let listed = [Origin::exact("https://id.example")?];
/// assert_eq!(listed_redirect("https://id.example/done", &listed).as_deref(), Ok("https://id.example/done"));
/// assert_eq!(listed_redirect("/home", &listed).as_deref(), Ok("/home"));
/// assert_eq!(listed_redirect("https://id.example.evil.test/", &listed), Err(Refusal::UnlistedOrigin));
/// # Ok::<(), secure_forms_core::origin::OriginError>(())
/// ```
///
/// # Errors
/// [`Refusal`], with [`Refusal::UnlistedOrigin`] for an absolute target that no listed origin begins.
///
/// # Security
/// The origin that leaves is the list's own text, so nothing that two parsers could read in two ways ever reaches a browser.
pub fn listed_redirect<'t>(text: &'t str, origins: &[Origin]) -> Result<Cow<'t, str>, Refusal> {
    if text.is_empty() || text.starts_with('/') {
        return redirect(text);
    }
    if text.len() > MAX_BYTES {
        return Err(Refusal::TooLong { bytes: text.len() });
    }
    let (origin, rest) = origins
        .iter()
        .find_map(|origin| Some((origin, text.strip_prefix(origin.as_str()).filter(|rest| ends_origin(rest))?)))
        .ok_or(Refusal::UnlistedOrigin)?;
    // `https://host?x` is `https://host/?x` to a browser; older parsers look for the host behind the `?`.
    let slash = if rest.starts_with('/') { "" } else { "/" };
    let path = format!("{slash}{rest}");
    let emitted = format!("{origin}{}", redirect(&path)?);
    if emitted.len() > MAX_BYTES {
        return Err(Refusal::TooLong { bytes: emitted.len() });
    }
    Ok(Cow::Owned(emitted))
}

fn ends_origin(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['/', '?', '#'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed() -> [Origin; 3] {
        ["https://a.example", "http://127.0.0.1:8080", "https://xn--bcher-kva.example"]
            .map(|origin| Origin::exact(origin).unwrap())
    }

    #[test]
    fn listed_origins_are_emitted_with_their_path_by_the_rule() {
        for (text, emitted) in [
            ("https://a.example", "https://a.example/"),
            ("https://a.example/x/../y?z#w", "https://a.example/y?z#w"),
            ("https://a.example?q=é", "https://a.example/?q=%C3%A9"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/"),
            ("https://xn--bcher-kva.example/é", "https://xn--bcher-kva.example/%C3%A9"),
        ] {
            assert_eq!(listed_redirect(text, &listed()).as_deref(), Ok(emitted), "{text}");
            assert_eq!(listed_redirect(emitted, &listed()).as_deref(), Ok(emitted), "{emitted}");
        }
    }

    #[test]
    fn whatever_only_resembles_a_listed_origin_is_refused() {
        for text in [
            "http://a.example/",
            "HTTPS://a.example/",
            "https://A.example/",
            "https://a.example.evil.test/",
            "https://a.example@evil.test/",
            "https://a.example:443/",
            "https://a.example:8443/",
            "https://a.example\\@evil.test/",
            "https://user@a.example/",
            "https:a.example/",
            "https:///a.example/",
            "https://bücher.example/",
            "https://a.example./",
            "http://127.0.0.1:80800/",
        ] {
            assert_eq!(listed_redirect(text, &listed()), Err(Refusal::UnlistedOrigin), "{text}");
        }
    }

    #[test]
    fn a_listed_origin_does_not_excuse_a_bad_path() {
        assert_eq!(listed_redirect("https://a.example//x", &listed()), Err(Refusal::OtherHost));
        assert_eq!(listed_redirect("https://a.example/\r\nX:1", &listed()), Err(Refusal::Control));
        assert_eq!(listed_redirect("//a.example/", &listed()), Err(Refusal::OtherHost));
    }
}
