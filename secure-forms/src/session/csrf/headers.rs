//! Layers 1 and 2: what the browser itself says about where a request comes from. Fetch Metadata Request Headers, section 2.3;
//! Fetch, section 3.2 (`Origin`).

use http::header::{ORIGIN, UPGRADE};
use http::{HeaderMap, HeaderValue, Method};
use secure_forms_core::origin::Origin;
use secure_forms_core::protocol::SEC_FETCH_SITE;

use super::own_origins::OwnOrigins;

/// What the headers say, before the body is read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum HeaderVerdict {
    /// `GET`, `HEAD` and `OPTIONS` change nothing: no token is asked for.
    Safe,
    /// The route is exempt: see [`CsrfExempt`](crate::csrf::CsrfExempt).
    Exempt,
    /// Nothing speaks against the request; the token decides.
    GoOn(Evidence),
    /// Answer 403 without reading the body.
    Refuse(HeaderRefusal),
}

/// Whether the headers prove that a page of this origin sent the request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Evidence {
    /// `Sec-Fetch-Site: same-origin`, or an `Origin` that is one of the own.
    SameOrigin,
    /// The headers are silent, or name a listed origin.
    Missing,
}

/// Which header speaks against a request.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum HeaderRefusal {
    /// `Sec-Fetch-Site: cross-site`, and `Origin` is not listed.
    CrossSite,
    /// `Sec-Fetch-Site: same-site`, which a sibling host sends, and `Origin` is not listed.
    SameSite,
    /// `Sec-Fetch-Site` has a value that no standard knows.
    UnknownSite,
    /// `Sec-Fetch-Site` is there more than once.
    RepeatedSite,
    /// `Origin` is neither an own nor a listed one.
    ForeignOrigin,
    /// `Origin: null`, which sandboxed frames send, without `Sec-Fetch-Site: same-origin`.
    NullOrigin,
    /// `Origin` is there more than once.
    RepeatedOrigin,
}

/// Whom `Origin` names.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Sender {
    Nowhere,
    Null,
    Own,
    Listed,
    Foreign,
}

pub(super) fn judge(method: &Method, headers: &HeaderMap, own: &OwnOrigins, listed: &[Origin]) -> HeaderVerdict {
    let reads = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    if reads && !opens_web_socket(headers) {
        return HeaderVerdict::Safe;
    }
    match judge_unsafe(headers, own, listed) {
        Ok(evidence) => HeaderVerdict::GoOn(evidence),
        Err(refusal) => HeaderVerdict::Refuse(refusal),
    }
}

fn judge_unsafe(headers: &HeaderMap, own: &OwnOrigins, listed: &[Origin]) -> Result<Evidence, HeaderRefusal> {
    let site = only(headers, SEC_FETCH_SITE).map_err(|Repeated| HeaderRefusal::RepeatedSite)?;
    let origin = only(headers, ORIGIN.as_str()).map_err(|Repeated| HeaderRefusal::RepeatedOrigin)?;
    let from = classify(origin, own, listed);

    let is_same_origin = match site {
        None | Some(b"none") => false,
        Some(b"same-origin") => true,
        Some(b"same-site") if from == Sender::Listed => false,
        Some(b"cross-site") if from == Sender::Listed => false,
        Some(b"same-site") => return Err(HeaderRefusal::SameSite),
        Some(b"cross-site") => return Err(HeaderRefusal::CrossSite),
        Some(_) => return Err(HeaderRefusal::UnknownSite),
    };
    match from {
        Sender::Foreign => Err(HeaderRefusal::ForeignOrigin),
        Sender::Null if !is_same_origin => Err(HeaderRefusal::NullOrigin),
        Sender::Own => Ok(Evidence::SameOrigin),
        Sender::Null | Sender::Nowhere | Sender::Listed if is_same_origin => Ok(Evidence::SameOrigin),
        Sender::Null | Sender::Nowhere | Sender::Listed => Ok(Evidence::Missing),
    }
}

/// A handshake of RFC 6455 (section 4.1): a GET, but what it opens acts with the visitor's cookies, and the same-origin policy
/// does not hold for it (section 10.2). That of HTTP/2 and 3 (RFC 8441) is a CONNECT, which is not safe anyway.
fn opens_web_socket(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(UPGRADE).iter();
    let protocols = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
    // A protocol may carry a version behind a slash (RFC 9110, 7.8).
    let names = protocols.filter_map(|protocol| protocol.split(|byte| *byte == b'/').next());
    names.map(<[u8]>::trim_ascii).any(|name| name.eq_ignore_ascii_case(b"websocket"))
}

struct Repeated;

fn only<'h>(headers: &'h HeaderMap, name: &str) -> Result<Option<&'h [u8]>, Repeated> {
    let mut lines = headers.get_all(name).iter();
    match (lines.next().map(HeaderValue::as_bytes), lines.next()) {
        (line, None) => Ok(line),
        (_, Some(_)) => Err(Repeated),
    }
}

/// Compared byte for byte: browsers send the one spelling that [`Origin`] keeps, and other spellings come from no browser.
fn classify(origin: Option<&[u8]>, own: &OwnOrigins, listed: &[Origin]) -> Sender {
    let Some(origin) = origin else { return Sender::Nowhere };
    let is = |known: &Origin| known.as_str().as_bytes() == origin;
    if origin == b"null" {
        Sender::Null
    } else if own.iter().any(is) {
        Sender::Own
    } else if listed.iter().any(is) {
        Sender::Listed
    } else {
        Sender::Foreign
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://app.example";
    const LISTED: &str = "https://accounts.example";
    const SAME: HeaderVerdict = HeaderVerdict::GoOn(Evidence::SameOrigin);
    const GO_ON: HeaderVerdict = HeaderVerdict::GoOn(Evidence::Missing);

    fn post(sites: &[&'static str], origins: &[&'static str]) -> HeaderVerdict {
        let mut headers = HeaderMap::new();
        for site in sites {
            headers.append(SEC_FETCH_SITE, HeaderValue::from_static(site));
        }
        for origin in origins {
            headers.append(ORIGIN, HeaderValue::from_static(origin));
        }
        judge(&Method::POST, &headers, &OwnOrigins::parse(OWN).unwrap(), &[Origin::parse(LISTED).unwrap()])
    }

    fn refused(refusal: HeaderRefusal) -> HeaderVerdict {
        HeaderVerdict::Refuse(refusal)
    }

    #[test]
    fn reading_is_safe_and_everything_else_is_judged() {
        let own = OwnOrigins::parse(OWN).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(SEC_FETCH_SITE, HeaderValue::from_static("cross-site"));
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            assert_eq!(judge(&method, &headers, &own, &[]), HeaderVerdict::Safe);
        }
        for method in ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "get", "QUERY"] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            assert_eq!(judge(&method, &headers, &own, &[]), refused(HeaderRefusal::CrossSite), "{method}");
        }
    }

    #[test]
    fn same_origin_none_and_silence_go_on() {
        assert_eq!(post(&["same-origin"], &[]), SAME);
        assert_eq!(post(&["none"], &[]), GO_ON);
        assert_eq!(post(&[], &[]), GO_ON);
    }

    #[test]
    fn other_sites_and_sibling_hosts_are_refused() {
        assert_eq!(post(&["cross-site"], &[]), refused(HeaderRefusal::CrossSite));
        assert_eq!(post(&["same-site"], &[]), refused(HeaderRefusal::SameSite));
        assert_eq!(post(&["cross-site"], &[OWN]), refused(HeaderRefusal::CrossSite));
        assert_eq!(post(&["same-site"], &[OWN]), refused(HeaderRefusal::SameSite));
    }

    #[test]
    fn a_listed_origin_goes_on_without_evidence() {
        assert_eq!(post(&["cross-site"], &[LISTED]), GO_ON);
        assert_eq!(post(&["same-site"], &[LISTED]), GO_ON);
        assert_eq!(post(&[], &[LISTED]), GO_ON);
    }

    #[test]
    fn an_unknown_or_repeated_site_is_refused() {
        for site in ["", "Same-Origin", "same-origin;x", "same-origin, same-origin", "yes"] {
            assert_eq!(post(&[site], &[OWN]), refused(HeaderRefusal::UnknownSite), "{site}");
        }
        assert_eq!(post(&["same-origin", "same-origin"], &[OWN]), refused(HeaderRefusal::RepeatedSite));
    }

    #[test]
    fn the_own_origin_is_evidence_and_others_are_refused() {
        assert_eq!(post(&[], &[OWN]), SAME);
        assert_eq!(post(&["same-origin"], &[OWN]), SAME);
        for origin in [
            "https://evil.example",
            "http://app.example",
            "https://app.example:8443",
            "https://app.example.evil.example",
            "https://app.example/",
            "HTTPS://APP.EXAMPLE",
            "https://sub.app.example",
            "",
        ] {
            assert_eq!(post(&[], &[origin]), refused(HeaderRefusal::ForeignOrigin), "{origin}");
            assert_eq!(post(&["same-origin"], &[origin]), refused(HeaderRefusal::ForeignOrigin), "{origin}");
        }
        assert_eq!(post(&[], &[OWN, OWN]), refused(HeaderRefusal::RepeatedOrigin));
    }

    #[test]
    fn null_needs_the_word_of_the_browser() {
        assert_eq!(post(&["same-origin"], &["null"]), SAME);
        assert_eq!(post(&[], &["null"]), refused(HeaderRefusal::NullOrigin));
        assert_eq!(post(&["none"], &["null"]), refused(HeaderRefusal::NullOrigin));
        assert_eq!(post(&["cross-site"], &["null"]), refused(HeaderRefusal::CrossSite));
        assert_eq!(post(&["same-origin"], &["NULL"]), refused(HeaderRefusal::ForeignOrigin));
    }
}
