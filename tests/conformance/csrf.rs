//! CSRF through the public API: each rule of the three layers with its twin, on whole requests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::time::Duration;

use http::{HeaderMap, HeaderValue, Method};
use proptest::prelude::*;
use secure_forms::KeyRing;
use secure_forms::cookie::{CookieName, Cookies, SetCookie, SignedCookies};
use secure_forms::csrf::{
    Binding, CSRF_COOKIE, CSRF_HEADER, Csrf, CsrfError, CsrfRefusal, CsrfVerdict, HeaderRefusal, OwnOrigins,
};
use secure_forms::redirect::Origin;
use secure_forms::session::{Clock, SessionId, Timestamp, VisitorId};

const OWN: &str = "https://app.example";
const LISTED: &str = "https://accounts.example";
const OLD: &str = "b2xkIGtleTogMzIgcmFuZG9tIGJ5dGVzIGdvIGhlcmU=";
const NEW: &str = "bmV3IGtleTogMzIgcmFuZG9tIGJ5dGVzIGdvIGhlcmU=";
const EXPIRED: CsrfVerdict = CsrfVerdict::Refuse(CsrfRefusal::Token(CsrfError::Expired));

struct Site {
    csrf: Csrf,
    clock: Clock,
    session: Binding,
}

fn site() -> Site {
    let clock = Clock::stopped_at(Timestamp::from_unix(1_700_000_000));
    let csrf = Csrf::new(KeyRing::parse("app", OLD).unwrap(), OwnOrigins::parse(OWN).unwrap())
        .with_listed_origins([Origin::parse(LISTED).unwrap()])
        .with_ttl(Duration::from_secs(600))
        .with_clock(clock.clone());
    Site { csrf, clock, session: Binding::session(&SessionId::generate()) }
}

fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.append(*name, HeaderValue::from_static(value));
    }
    headers
}

impl Site {
    fn post(&self, lines: &[(&'static str, &'static str)], token: Option<&str>) -> CsrfVerdict {
        self.csrf.check(&Method::POST, &headers(lines), token, "profile", &self.session)
    }

    fn token(&self) -> String {
        self.csrf.issue("profile", &self.session)
    }
}

fn by_headers(refusal: HeaderRefusal) -> CsrfVerdict {
    CsrfVerdict::Refuse(CsrfRefusal::Headers(refusal))
}

fn by_token(error: CsrfError) -> CsrfVerdict {
    CsrfVerdict::Refuse(CsrfRefusal::Token(error))
}

#[test]
fn an_own_page_with_its_token_passes_in_every_browser() {
    let site = site();
    for lines in [
        &[("sec-fetch-site", "same-origin"), ("origin", OWN)][..],
        &[("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "same-origin"), ("origin", "null")],
        &[("sec-fetch-site", "none")],
        &[("origin", OWN)],
        &[],
    ] {
        assert_eq!(site.post(lines, Some(&site.token())), CsrfVerdict::Pass, "{lines:?}");
    }
}

#[test]
fn no_header_makes_up_for_a_token_and_no_token_for_a_header() {
    let site = site();
    assert_eq!(site.post(&[("sec-fetch-site", "same-origin"), ("origin", OWN)], None), by_token(CsrfError::Missing));
    for (lines, refusal) in [
        (&[("sec-fetch-site", "cross-site")][..], HeaderRefusal::CrossSite),
        (&[("sec-fetch-site", "same-site")], HeaderRefusal::SameSite),
        (&[("sec-fetch-site", "cross-site"), ("origin", OWN)], HeaderRefusal::CrossSite),
        (&[("sec-fetch-site", "cross-site"), ("origin", "null")], HeaderRefusal::CrossSite),
        (&[("sec-fetch-site", "sideways")], HeaderRefusal::UnknownSite),
        (&[("sec-fetch-site", "none"), ("sec-fetch-site", "none")], HeaderRefusal::RepeatedSite),
        (&[("origin", "https://evil.example")], HeaderRefusal::ForeignOrigin),
        (&[("origin", "null")], HeaderRefusal::NullOrigin),
        (&[("origin", OWN), ("origin", OWN)], HeaderRefusal::RepeatedOrigin),
        (&[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")], HeaderRefusal::ForeignOrigin),
    ] {
        assert_eq!(site.post(lines, Some(&site.token())), by_headers(refusal), "{lines:?}");
    }
}

#[test]
fn a_listed_origin_may_post_with_a_token_only() {
    let site = site();
    let lines = [("sec-fetch-site", "cross-site"), ("origin", LISTED)];
    assert_eq!(site.post(&lines, Some(&site.token())), CsrfVerdict::Pass);
    assert_eq!(site.post(&lines, None), by_token(CsrfError::Missing));
}

#[test]
fn reading_needs_no_token() {
    let site = site();
    for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
        let lines = headers(&[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")]);
        assert_eq!(site.csrf.check(&method, &lines, None, "profile", &site.session), CsrfVerdict::Pass);
    }
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let verdict = site.csrf.check(&method, &HeaderMap::new(), None, "profile", &site.session);
        assert_eq!(verdict, by_token(CsrfError::Missing));
    }
}

#[test]
fn an_expired_token_shows_the_form_again_to_an_own_page_and_to_nobody_else() {
    let site = site();
    let token = site.token();
    site.clock.advance(Duration::from_secs(601));
    let rerender = CsrfVerdict::Rerender(CsrfError::Expired);
    assert_eq!(site.post(&[("sec-fetch-site", "same-origin")], Some(&token)), rerender);
    assert_eq!(site.post(&[("origin", OWN)], Some(&token)), rerender);
    assert_eq!(site.post(&[], Some(&token)), EXPIRED);
    assert_eq!(site.post(&[("sec-fetch-site", "none")], Some(&token)), EXPIRED);
    assert_eq!(site.post(&[("sec-fetch-site", "cross-site"), ("origin", LISTED)], Some(&token)), EXPIRED);
    assert_eq!(site.post(&[("origin", OWN)], Some(&site.token())), CsrfVerdict::Pass);
}

#[test]
fn a_token_of_a_session_that_changed_is_shown_again_but_one_of_another_form_is_not() {
    let mut site = site();
    let token = site.token();
    let lines = [("origin", OWN)];
    let other_form = site.csrf.issue("password", &site.session);
    assert_eq!(site.post(&lines, Some(&other_form)), by_token(CsrfError::WrongForm));
    site.session = Binding::session(&SessionId::generate());
    assert_eq!(site.post(&lines, Some(&token)), CsrfVerdict::Rerender(CsrfError::WrongSession));
    assert_eq!(site.post(&[], Some(&token)), by_token(CsrfError::WrongSession));
}

#[test]
fn a_token_from_before_signing_in_ends_with_it() {
    let mut site = site();
    site.session = Binding::visitor(&VisitorId::generate());
    let token = site.token();
    assert_eq!(site.post(&[], Some(&token)), CsrfVerdict::Pass);
    site.session = Binding::session(&SessionId::generate());
    assert_eq!(site.post(&[], Some(&token)), by_token(CsrfError::WrongSession));
}

#[test]
fn any_instance_with_the_key_ring_accepts_a_token() {
    let site = site();
    let with = |keys: &str| {
        let csrf = Csrf::new(KeyRing::parse("app", keys).unwrap(), OwnOrigins::parse(OWN).unwrap())
            .with_clock(site.clock.clone());
        csrf.verify(Some(&site.token()), "profile", &site.session)
    };
    assert_eq!(with(OLD), Ok(()));
    assert_eq!(with(&format!("{NEW},{OLD}")), Ok(()));
    assert_eq!(with(NEW), Err(CsrfError::UnknownKey));
}

#[test]
fn a_script_sends_the_token_in_one_header() {
    let mut headers = HeaderMap::new();
    assert_eq!(Csrf::token_from_headers(&headers), Ok(None));
    headers.append("X-CSRF-Token", HeaderValue::from_static("abc"));
    assert_eq!(Csrf::token_from_headers(&headers), Ok(Some("abc")));
    headers.append(CSRF_HEADER, HeaderValue::from_static("abc"));
    assert_eq!(Csrf::token_from_headers(&headers), Err(CsrfError::Malformed));
}

fn with_cookie(line: SetCookie) -> HeaderMap {
    let line = HeaderValue::from(line);
    let pair = line.to_str().unwrap().split(';').next().unwrap();
    HeaderMap::from_iter([(http::header::COOKIE, HeaderValue::from_str(pair).unwrap())])
}

#[test]
fn a_visitor_keeps_the_cookie_and_only_the_first_answer_sets_it() {
    let csrf = site().csrf;
    let first = csrf.visitor(&Cookies::from_headers(&HeaderMap::new())).unwrap();
    let request = with_cookie(first.set_cookie.clone().unwrap());
    let second = csrf.visitor(&Cookies::from_headers(&request)).unwrap();
    assert_eq!((second.id, second.set_cookie), (first.id, None));

    let line = HeaderValue::from(first.set_cookie.unwrap());
    let line = line.to_str().unwrap();
    assert!(line.starts_with("__Host-csrf=") && line.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax"), "{line}");
}

#[test]
fn a_planted_or_doubled_visitor_cookie_is_replaced() {
    let csrf = site().csrf;
    let stranger = SignedCookies::new(KeyRing::generate().unwrap());
    let planted = with_cookie(stranger.set(&CSRF_COOKIE, &VisitorId::generate()).unwrap());
    assert!(csrf.visitor(&Cookies::from_headers(&planted)).unwrap().set_cookie.is_some());

    let mut doubled = with_cookie(csrf.visitor(&Cookies::from_headers(&planted)).unwrap().set_cookie.unwrap());
    assert!(csrf.visitor(&Cookies::from_headers(&doubled)).unwrap().set_cookie.is_none());
    doubled.append("cookie", HeaderValue::from_static("__Host-csrf=x"));
    assert!(csrf.visitor(&Cookies::from_headers(&doubled)).unwrap().set_cookie.is_some());
}

#[test]
fn a_visitor_cookie_of_an_older_key_is_signed_again_with_the_same_visitor() {
    let site = site();
    let first = site.csrf.visitor(&Cookies::from_headers(&HeaderMap::new())).unwrap();
    let request = with_cookie(first.set_cookie.unwrap());
    let rotated = Csrf::new(KeyRing::parse("app", &format!("{NEW},{OLD}")).unwrap(), OwnOrigins::loopback(80))
        .with_clock(site.clock);
    let second = rotated.visitor(&Cookies::from_headers(&request)).unwrap();
    assert_eq!(second.id, first.id);
    assert!(second.set_cookie.is_some());
}

#[test]
fn a_token_is_no_cookie_and_a_cookie_is_no_token() {
    const NAME: CookieName<String> = CookieName::new("__Host-theme");
    let site = site();
    let signed = SignedCookies::new(KeyRing::parse("app", OLD).unwrap()).with_clock(site.clock.clone());
    let cookie = signed.seal(&NAME, &"x".repeat(70)).unwrap();
    assert!(signed.open(&NAME, &site.token()).is_err());
    assert!(site.csrf.verify(Some(&cookie), "profile", &site.session).is_err());
    assert!(signed.open(&NAME, &cookie).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_but_an_issued_token_passes(noise in "[A-Za-z0-9_-]{163}|.{0,200}") {
        let site = site();
        prop_assert!(site.csrf.verify(Some(&noise), "profile", &site.session).is_err());
        prop_assert_ne!(site.post(&[("origin", OWN)], Some(&noise)), CsrfVerdict::Pass);
    }

    #[test]
    fn a_token_passes_for_the_form_it_names_only(form in any::<String>(), other in any::<String>()) {
        let site = site();
        let token = site.csrf.issue(&form, &site.session);
        prop_assert_eq!(site.csrf.verify(Some(&token), &form, &site.session), Ok(()));
        prop_assert_eq!(site.csrf.verify(Some(&token), &other, &site.session).is_ok(), form == other);
    }
}
