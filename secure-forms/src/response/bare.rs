//! [`BareAnswers`]: the bytes of an answer that a server made by itself enter; the same answer with the security headers leaves.

use http::header::X_CONTENT_TYPE_OPTIONS;

use super::headers::SecurityHeaders;
use crate::request::Transport;

/// Puts the security headers on answers that no layer sees, because the server makes them before it has a whole request: 400 for a head
/// that it cannot read, 408 for one that does not come, 431 for one that is too long.
///
/// hyper 1 writes such an answer by itself, head and all, in one piece, and asks nobody. A server that has the connection in its hands can
/// look at what is about to be written:
///
/// ```
/// use secure_forms::client_ip::Transport;
/// use secure_forms::headers::BareAnswers;
/// use secure_forms::SecurityHeaders;
///
/// let bare = BareAnswers::new(&SecurityHeaders::modern(), Transport::Plain);
/// let whole = bare.complete(b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\n\r\n").expect("a bare answer");
/// let text = String::from_utf8_lossy(&whole);
/// assert!(text.starts_with("HTTP/1.1 431 Request Header Fields Too Large\r\n"));
/// assert!(text.contains("\r\nx-frame-options: DENY\r\n") && text.ends_with("\r\ncontent-length: 0\r\n\r\n"));
///
/// // What a layer has seen is left alone, and so are bodies.
/// assert_eq!(bare.complete(&whole), None);
/// assert_eq!(bare.complete(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi"), None);
/// ```
#[derive(Clone, Debug)]
pub struct BareAnswers {
    lines: Vec<u8>,
}

impl BareAnswers {
    /// For answers over this transport; they carry no HSTS, because it is not known which host was asked.
    #[must_use]
    pub fn new(headers: &SecurityHeaders, transport: Transport) -> Self {
        let mut lines = Vec::new();
        for (name, value) in &headers.without_hsts_headers(transport) {
            lines.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
        }
        Self { lines }
    }

    /// The answer with the headers, if `written` is the whole of an error without a body that does not carry them.
    #[must_use]
    pub fn complete(&self, written: &[u8]) -> Option<Vec<u8>> {
        let status_line = written.windows(2).position(|pair| pair == b"\r\n")? + 2;
        let (status_line, rest) = written.split_at_checked(status_line)?;
        let [b'H', b'T', b'T', b'P', b'/', b'1', b'.', _, b' ', b'4' | b'5', ..] = status_line else { return None };
        let head = rest.strip_suffix(b"\r\n\r\n")?.to_ascii_lowercase();
        let has = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
        let is_protected = has(format!("{X_CONTENT_TYPE_OPTIONS}:").as_bytes());
        let is_bare = has(b"content-length: 0") && !has(b"\r\n\r\n") && !is_protected;
        is_bare.then(|| [status_line, &self.lines, rest].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_error_without_body_and_headers_is_completed() {
        let bare = BareAnswers::new(&SecurityHeaders::guide(), Transport::Plain);
        let is_completed = |text: &str| bare.complete(text.as_bytes()).is_some();
        let end = "content-length: 0\r\nconnection: close\r\n\r\n";
        for start in ["HTTP/1.1 400 Bad Request\r\n", "HTTP/1.0 431 x\r\n", "HTTP/1.1 503 x\r\nDate: now\r\n"] {
            assert!(is_completed(&format!("{start}{end}")), "{start}");
        }
        for text in [
            "",
            "\r\n",
            "HTTP/1.1 400 Bad Request\r\n\r\n",
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 400 x\r\nX-Content-Type-Options: nosniff\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 400 x\r\ncontent-length: 0\r\n\r\nHTTP/1.1 400 x\r\ncontent-length: 0\r\n\r\n",
            "some body of a 400\r\ncontent-length: 0\r\n\r\n",
        ] {
            assert!(!is_completed(text), "{text}");
        }
    }
}
