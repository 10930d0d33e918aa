//! [`Download`] and [`InlineMedia`]: files that users gave us leave in a way that no browser runs them on this site.
//!
//! Sources: RFC 6266 (`Content-Disposition`), Fetch Standard 3.6 (`nosniff`) and 3.7 (`Cross-Origin-Resource-Policy`), HTML Standard 7.1.5
//! (sandboxing).

use std::fmt;

use http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
    X_CONTENT_TYPE_OPTIONS,
};
use secure_forms_core::protocol;

use crate::request::FileName;

const CORP: HeaderName = HeaderName::from_static(protocol::CROSS_ORIGIN_RESOURCE_POLICY);

/// The types that browsers show and never run.
const SHOWN: [&str; 22] = [
    "audio/aac",
    "audio/flac",
    "audio/mp4",
    "audio/mpeg",
    "audio/ogg",
    "audio/wav",
    "audio/webm",
    "audio/x-wav",
    "image/apng",
    "image/avif",
    "image/bmp",
    "image/gif",
    "image/jpeg",
    "image/jxl",
    "image/png",
    "image/vnd.microsoft.icon",
    "image/webp",
    "image/x-icon",
    "text/plain",
    "video/mp4",
    "video/ogg",
    "video/webm",
];

/// The headers of a file that is saved, not shown.
///
/// With axum, put it before the body: `(Download::new("report.pdf"), bytes)`.
///
/// ```
/// use secure_forms::download::Download;
///
/// let headers = Download::new("../../été.html").headers();
/// assert_eq!(headers["content-disposition"], "attachment; filename=\"_t_.html\"; filename*=UTF-8''%C3%A9t%C3%A9.html");
/// assert_eq!(headers["content-type"], "application/octet-stream");
/// ```
///
/// # Security
/// Stops stored cross-site scripting through uploaded HTML, SVG or sniffed text (CWE-434): the file is an attachment, its type is not
/// guessed, and should a browser show it all the same it runs in a sandbox without an origin. Other sites cannot embed it. It does not
/// decide who may download.
#[derive(Clone, Debug)]
#[must_use = "the headers must be sent with the file"]
pub struct Download {
    name: FileName,
    content_type: HeaderValue,
}

impl Download {
    /// A download under this name, cleaned by [`FileName::clean`]; its type is `application/octet-stream`.
    pub fn new(name: &str) -> Self {
        let content_type = HeaderValue::from_static("application/octet-stream");
        Self { name: FileName::clean(name), content_type }
    }

    /// States the type, such as `application/pdf`. Text that is no media type changes nothing.
    pub fn content_type(mut self, content_type: &str) -> Self {
        if let Some(value) = media_type(content_type).and_then(|_| HeaderValue::from_str(content_type.trim()).ok()) {
            self.content_type = value;
        }
        self
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> HeaderMap {
        headers(&self.name.attachment(), self.content_type.clone(), "default-src 'none'; sandbox")
    }
}

/// The headers of a picture, a sound, a film or plain text that is shown in the browser.
///
/// ```
/// use secure_forms::download::InlineMedia;
///
/// let shown = InlineMedia::new("cat.png", "image/png")?;
/// assert_eq!(shown.headers()["content-disposition"], "inline; filename=\"cat.png\"");
/// assert!(InlineMedia::new("cat.svg", "image/svg+xml").is_err());
/// # Ok::<(), secure_forms::download::NotInline>(())
/// ```
///
/// # Security
/// As [`Download`], for the types of a closed list: raster images, audio, video, plain text. SVG, HTML, XML and PDF run scripts and are
/// refused. The type must be the one that was sniffed from the file, not the one that its sender claims.
#[derive(Clone, Debug)]
#[must_use = "the headers must be sent with the file"]
pub struct InlineMedia {
    name: FileName,
    content_type: &'static str,
}

/// A type that may run scripts when a browser shows it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotInline;

impl InlineMedia {
    /// Shows a file of this type; the name is for those who save it.
    ///
    /// # Errors
    /// [`NotInline`] for every type outside the list.
    pub fn new(name: &str, content_type: &str) -> Result<Self, NotInline> {
        let essence = media_type(content_type).ok_or(NotInline)?;
        let known = SHOWN.into_iter().find(|shown| shown.eq_ignore_ascii_case(essence)).ok_or(NotInline)?;
        let content_type = if known == "text/plain" { "text/plain; charset=utf-8" } else { known };
        Ok(Self { name: FileName::clean(name), content_type })
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> HeaderMap {
        // What a browser builds around a lone picture or film needs its own styles and the file itself.
        let policy = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";
        headers(&self.name.inline(), HeaderValue::from_static(self.content_type), policy)
    }
}

impl fmt::Display for NotInline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("only raster images, audio, video and plain text are shown in the browser; send anything else as a `Download`")
    }
}

impl std::error::Error for NotInline {}

fn headers(disposition: &str, content_type: HeaderValue, policy: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    // A clean name gives visible ASCII; should it ever not, the file is still an attachment.
    let disposition = HeaderValue::from_str(disposition).unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(CONTENT_DISPOSITION, disposition);
    headers.insert(CONTENT_TYPE, content_type);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(CORP, HeaderValue::from_static("same-origin"));
    headers
}

/// `type/subtype` without parameters (RFC 9110, section 8.3.1).
fn media_type(text: &str) -> Option<&str> {
    let essence = text.split(';').next().unwrap_or_default().trim();
    let is_token =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b));
    let (kind, subtype) = essence.split_once('/')?;
    (is_token(kind) && is_token(subtype)).then_some(essence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_carries_its_five_headers() {
        let headers = Download::new("a.html").content_type("text/html").headers();
        assert_eq!(headers["content-disposition"], "attachment; filename=\"a.html\"");
        assert_eq!(headers["content-type"], "text/html");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["content-security-policy"], "default-src 'none'; sandbox");
        assert_eq!(headers["cross-origin-resource-policy"], "same-origin");
    }

    #[test]
    fn a_type_that_is_none_changes_nothing() {
        for text in ["", "text", "text/html\r\nx: y", "text/ html", "/"] {
            assert_eq!(
                Download::new("a").content_type(text).headers()["content-type"],
                "application/octet-stream",
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_may_run_is_not_shown() {
        for kind in [
            "text/html",
            "image/svg+xml",
            "application/xhtml+xml",
            "text/xml",
            "application/pdf",
            "text/javascript",
            "IMAGE/SVG+XML",
            "",
            "*/*",
        ] {
            assert_eq!(InlineMedia::new("a", kind).err(), Some(NotInline), "{kind}");
        }
    }

    #[test]
    fn media_and_plain_text_are_shown() {
        for (kind, sent) in [
            ("image/png", "image/png"),
            ("IMAGE/JPEG", "image/jpeg"),
            ("text/plain; charset=x", "text/plain; charset=utf-8"),
        ] {
            assert_eq!(InlineMedia::new("a", kind).unwrap().headers()["content-type"], sent);
        }
    }
}
