//! What browsers say that a policy refused: a body and its media type enter, [`ViolationReport`]s leave, fit for a log.
//! CSP Level 3, 5.3 (`application/csp-report`); Reporting API, 3.4 (`application/reports+json`).

use std::error::Error;
use std::fmt;

use serde_json::Value;

/// The most bytes of a body with reports.
pub(crate) const MAX_BYTES: usize = 64 << 10;

/// The most characters that are kept of a text.
const MAX_CHARACTERS: usize = 200;

/// One violation of a policy, as a browser told it.
///
/// ```
/// use secure_forms::csp::ViolationReport;
///
/// let body = br#"{"csp-report": {"document-uri": "https://a.example/me?token=1", "effective-directive": "img-src",
///                 "blocked-uri": "https://evil.example/x\n.png"}}"#;
/// let reports = ViolationReport::parse("application/csp-report", body)?;
/// assert_eq!(reports[0].to_string(), r"https://a.example/me: img-src refused https://evil.example/x\n.png");
/// # Ok::<(), secure_forms::csp::BadReport>(())
/// ```
///
/// # Security
/// Anyone can send one, with any text in it: believe nothing, limit how many you take, and compare nothing with it. Its texts are cleaned
/// (CWE-117): what is not visible ASCII or a blank is escaped, queries and fragments are cut off, and 200 characters are kept.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct ViolationReport {
    /// The page, without query and fragment.
    pub document: String,
    /// The directive that refused, such as `script-src-elem`.
    pub effective_directive: String,
    /// What was refused: an address without query and fragment, or a word such as `inline`.
    pub blocked: String,
}

impl ViolationReport {
    /// The reports of a body of this media type. Reports of other things, which browsers send to the same address, are passed over.
    ///
    /// # Errors
    /// [`BadReport`]: another media type, a body above 64 KiB, or one that is not what its type says.
    pub fn parse(content_type: &str, body: &[u8]) -> Result<Vec<Self>, BadReport> {
        if body.len() > MAX_BYTES {
            return Err(BadReport::TooLarge { max: MAX_BYTES });
        }
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        let read = if essence.eq_ignore_ascii_case("application/csp-report") {
            csp_report
        } else if essence.eq_ignore_ascii_case("application/reports+json") {
            reports
        } else {
            return Err(BadReport::UnsupportedType);
        };
        serde_json::from_slice(body).ok().as_ref().and_then(read).ok_or(BadReport::Malformed)
    }
}

/// `{"csp-report": {…}}`, its names with hyphens.
fn csp_report(body: &Value) -> Option<Vec<ViolationReport>> {
    let report = body.get("csp-report")?.as_object()?;
    let text = |name: &str| clean(report.get(name).and_then(Value::as_str));
    // Browsers of CSP 2 name the directive as the policy has it, alone or with its sources.
    let directive =
        if report.contains_key("effective-directive") { "effective-directive" } else { "violated-directive" };
    Some(vec![ViolationReport {
        document: text("document-uri"),
        effective_directive: text(directive),
        blocked: text("blocked-uri"),
    }])
}

/// `[{"type": "csp-violation", "body": {…}}, …]`, its names in camel case.
fn reports(body: &Value) -> Option<Vec<ViolationReport>> {
    let violations = body.as_array()?.iter().filter(|report| report["type"] == "csp-violation");
    let read = |report: &Value| {
        let body = report.get("body")?.as_object()?;
        let text = |name: &str| clean(body.get(name).and_then(Value::as_str));
        Some(ViolationReport {
            document: text("documentURL"),
            effective_directive: text("effectiveDirective"),
            blocked: text("blockedURL"),
        })
    };
    violations.map(read).collect()
}

/// A text of somebody else's, so that it is one line of a log and no more.
fn clean(text: Option<&str>) -> String {
    let text = text.unwrap_or_default();
    let address = text.split(['?', '#']).next().unwrap_or_default();
    address.chars().take(MAX_CHARACTERS).flat_map(char::escape_default).collect()
}

impl fmt::Display for ViolationReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} refused {}", self.document, self.effective_directive, self.blocked)
    }
}

/// Why a body holds no reports.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum BadReport {
    /// Neither of the two media types of reports: 415.
    UnsupportedType,
    /// More bytes than reports need: 413.
    TooLarge {
        /// The limit in bytes.
        max: usize,
    },
    /// Not JSON, or not of a report's shape: 400.
    Malformed,
}

impl fmt::Display for BadReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnsupportedType => {
                f.write_str("reports are sent as application/csp-report or application/reports+json")
            }
            Self::TooLarge { max } => write!(f, "reports may have {max} bytes"),
            Self::Malformed => f.write_str("the body is not a report of a violation, or a list of such"),
        }
    }
}

impl Error for BadReport {}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "application/csp-report";
    const NEW: &str = "application/reports+json";

    fn parse(content_type: &str, body: &str) -> Result<Vec<ViolationReport>, BadReport> {
        ViolationReport::parse(content_type, body.as_bytes())
    }

    /// Bodies as Chromium 148 and Firefox send them, shortened.
    #[test]
    fn both_shapes_are_read() {
        let old = r#"{"csp-report":{"document-uri":"http://a.example/p?q=1","violated-directive":"style-src-attr",
            "effective-directive":"style-src-attr","disposition":"enforce","blocked-uri":"inline","status-code":200}}"#;
        let new = r#"[{"age":1,"type":"deprecation","body":{"id":"x"}},{"age":2,"type":"csp-violation","url":"http://a.example/p?q=1",
            "body":{"documentURL":"http://a.example/p?q=1","effectiveDirective":"style-src-attr","blockedURL":"inline"}}]"#;
        let expected = ["http://a.example/p: style-src-attr refused inline"];
        for (kind, body) in [(OLD, old), (NEW, new), ("Application/CSP-Report; charset=utf-8", old)] {
            let told: Vec<String> = parse(kind, body).unwrap().iter().map(ViolationReport::to_string).collect();
            assert_eq!(told, expected, "{kind}");
        }
    }

    #[test]
    fn the_older_name_of_the_directive_is_read() {
        let reports = parse(OLD, r#"{"csp-report":{"violated-directive":"img-src 'self'"}}"#).unwrap();
        assert_eq!(reports[0].effective_directive, "img-src \\'self\\'");
    }

    #[test]
    fn a_report_is_one_line_of_visible_ascii_whatever_stands_in_it() {
        let evil = "x\\r\\n2026 GET /admin 200\\u001b[2J\\u202e\\u0000\u{85}é";
        let body = format!(
            r#"{{"csp-report":{{"document-uri":"{evil}","effective-directive":"{evil}","blocked-uri":"{evil}"}}}}"#
        );
        let line = parse(OLD, &body).unwrap()[0].to_string();
        assert!(line.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()), "{line:?}");
        let long = format!(r#"{{"csp-report":{{"blocked-uri":"{}"}}}}"#, "a".repeat(10_000));
        assert_eq!(parse(OLD, &long).unwrap()[0].blocked.len(), MAX_CHARACTERS);
    }

    #[test]
    fn what_is_no_report_is_told_apart() {
        for body in ["", "{", "[]", "{}", "null", r#"{"csp-report":[]}"#, r#"{"csp-report":1}"#] {
            assert_eq!(parse(OLD, body), Err(BadReport::Malformed), "{body}");
        }
        for body in ["{}", "1", r#"[{"type":"csp-violation"}]"#] {
            assert_eq!(parse(NEW, body), Err(BadReport::Malformed), "{body}");
        }
        assert_eq!(parse(NEW, r#"[{"type":"crash"}, 7, null]"#), Ok(Vec::new()));
        assert_eq!(parse("application/json", "{}"), Err(BadReport::UnsupportedType));
        assert_eq!(parse(OLD, &" ".repeat(MAX_BYTES + 1)), Err(BadReport::TooLarge { max: MAX_BYTES }));
        assert_eq!(parse(NEW, &"[".repeat(MAX_BYTES)), Err(BadReport::Malformed));
    }
}
