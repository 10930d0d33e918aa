//! The access log: a request enters, one line about it leaves on the standard error stream, and one about what failed, if anything. Method, path, status and duration; never a
//! query, a body or a header (OWASP Logging Cheat Sheet, "Data to exclude").

use std::fmt;
use std::io::Write;
use std::time::Instant;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::StatusCode;
use secure_forms::Cause;

/// The most characters of a path that are written.
const MAX_CHARACTERS: usize = 200;

/// A layer for `axum::middleware::from_fn`: writes a line when a request is answered, or given up.
pub async fn log(request: Request, inner: Next) -> Response {
    let mut line = Line {
        method: clean(request.method().as_str()),
        path: clean(request.uri().path()),
        status: None,
        begun: Instant::now(),
    };
    let response = inner.run(request).await;
    line.status = Some(response.status());
    if let Some(cause) = response.extensions().get::<Cause>() {
        // The kind of a failure, never values: they are not in it.
        let _ = writeln!(std::io::stderr().lock(), "demo: {cause:?}");
    }
    response
}

/// A request of the log; it is written at its end, also if a time-out or the client ends it.
struct Line {
    method: String,
    path: String,
    status: Option<StatusCode>,
    begun: Instant,
}

impl Drop for Line {
    fn drop(&mut self) {
        // A log that cannot be written must not stop the site.
        let _ = writeln!(std::io::stderr().lock(), "{self}");
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status.as_ref().map_or("---", StatusCode::as_str);
        write!(f, "{} {} {status} {:.1?}", self.method, self.path, self.begun.elapsed())
    }
}

/// What a client wrote, as visible ASCII: it can neither begin a line of its own nor steer a terminal (CWE-117).
fn clean(text: &str) -> String {
    text.chars().take(MAX_CHARACTERS).flat_map(char::escape_default).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_method_path_status_and_duration() {
        let line = Line {
            method: "GET".to_owned(),
            path: clean("/search"),
            status: Some(StatusCode::NOT_FOUND),
            begun: Instant::now(),
        };
        let text = line.to_string();
        assert!(text.starts_with("GET /search 404 ") && text.ends_with('s'), "{text}");
    }

    #[test]
    fn what_a_client_writes_cannot_leave_its_place() {
        let text = clean("/a\r\nGET /admin 200\u{1b}[2J\u{85}\u{202e}é");
        assert!(text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()), "{text:?}");
        assert_eq!(clean(&"a".repeat(100_000)).len(), MAX_CHARACTERS);
    }
}
