//! What clumsy and hostile visitors do to the demo, and what they meet.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

mod common;

use std::time::Duration;

use common::{Answer, Browser, PASSWORD, Site, encode};
use http::{Method, Request, StatusCode, header};

const ADA: [(&str, &str); 2] = [("username", "ada"), ("password", PASSWORD)];

async fn ask(browser: &mut Browser, method: Method, path: &str) -> Answer {
    browser.send(Request::builder().method(method).uri(path), Vec::new()).await
}

/// The text of a body as a form sends it.
fn body(token: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    let pairs = fields.iter().map(|(name, value)| format!("&{name}={}", encode(value)));
    format!("csrf_token={token}{}", pairs.collect::<String>()).into_bytes()
}

#[tokio::test]
async fn every_refusal_is_a_page_that_leads_on() {
    let site = Site::with(&[("LOGIN_ATTEMPTS_PER_MINUTE", "6")]).await;
    let mut ada = site.browser();
    ada.sign_in("ada", false).await;
    for (method, path, status) in [
        (Method::GET, "/nowhere", StatusCode::NOT_FOUND),
        (Method::GET, "/login/", StatusCode::NOT_FOUND),
        (Method::GET, "/files/999", StatusCode::NOT_FOUND),
        (Method::GET, "/files/x", StatusCode::NOT_FOUND),
        (Method::GET, "/files/99999999999999999999", StatusCode::NOT_FOUND),
        (Method::DELETE, "/", StatusCode::METHOD_NOT_ALLOWED),
        (Method::GET, "/logout", StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let answer = ask(&mut ada, method, path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.body.contains("<nav") && answer.body.contains("Ada Lovelace"), "{path}: {}", answer.body);
    }
    for _ in 0..6 {
        site.browser().submit("/login", &[("username", "grace"), ("password", "wrong")]).await;
    }
    let too_often = site.browser().submit("/login", &[("username", "grace"), ("password", "wrong")]).await;
    assert_eq!(too_often.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(too_often.headers.contains_key(header::RETRY_AFTER));
    assert!(too_often.body.contains("<nav") && too_often.body.contains("Please send it again in"));
    assert!(too_often.body.contains("value=\"grace\""), "what was typed is still there");
}

#[tokio::test]
async fn other_methods_are_answered_as_http_asks() {
    let mut browser = Site::open().await.browser();
    let head = ask(&mut browser, Method::HEAD, "/").await;
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
    for (method, path, allowed) in [
        (Method::OPTIONS, "/", "GET,HEAD"),
        (Method::PUT, "/profile", "GET,HEAD,POST"),
        (Method::TRACE, "/search", "GET,HEAD"),
        (Method::GET, "/logout", "POST"),
        (Method::GET, "/csp-report", "POST"),
    ] {
        let answer = ask(&mut browser, method.clone(), path).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        assert_eq!(answer.headers[header::ALLOW], allowed, "{method} {path}");
    }
}

#[tokio::test]
async fn an_old_token_counts_as_a_mistake_only_with_evidence_of_this_site() {
    let site = Site::with(&[("CSRF_TTL_SECONDS", "2")]).await;
    let mut browser = site.browser();
    browser.sign_in("ada", false).await;
    let token = browser.get("/profile").await.token();
    site.wait(Duration::from_secs(3));
    let fields = [("display_name", "Typed slowly")];
    let request = Request::post("/profile").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let silent = browser.send(request, body(&token, &fields)).await;
    assert_eq!(silent.status, StatusCode::FORBIDDEN);
    let proven = browser.post("/profile", &token, &fields).await;
    assert_eq!(proven.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(proven.body.contains("value=\"Typed slowly\""));
    assert!(!browser.get("/").await.body.contains("Typed slowly"), "nothing was done either way");
}

#[tokio::test]
async fn a_token_is_good_for_its_own_form_alone() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("ada", false).await;
    let upload = browser.get("/upload").await.token();
    assert_eq!(browser.post("/profile", &upload, &[("display_name", "Mallory")]).await.status, StatusCode::FORBIDDEN);
    let logout = browser.get("/").await.token();
    assert_eq!(browser.post("/profile", &logout, &[("display_name", "Mallory")]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_text_outlives_the_session_in_which_it_was_typed() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("ada", false).await;
    let token = browser.get("/profile").await.token();
    site.wait(Duration::from_secs(50 * 60));
    // Another tab signs out.
    let logout = browser.get("/").await.token();
    browser.post("/logout", &logout, &[]).await;
    let fields = [("display_name", "Ada"), ("bio", "A text of an hour")];
    let late = browser.post("/profile", &token, &fields).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("A text of an hour</textarea>"), "{}", late.body);
    // Nobody is signed in: sending it again is refused in words, and the text stays.
    let again = browser.post("/profile", &late.token(), &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("not signed in") && again.body.contains("A text of an hour</textarea>"));
    // Signed in once more, by another tab, it goes through with the token that came back.
    browser.sign_in("ada", false).await;
    let stale = browser.post("/profile", &again.token(), &fields).await;
    assert_eq!(browser.post("/profile", &stale.token(), &fields).await.location(), "/profile");
    assert!(browser.get("/profile").await.body.contains("A text of an hour"));
}

#[tokio::test]
async fn whoever_signs_in_anew_leaves_no_session_behind() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("ada", true).await;
    let page = browser.get("/login").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("You are signed in as <bdi>Ada Lovelace</bdi>"));
    assert!(browser.get("/register").await.body.contains("You are signed in as"));

    let mut copy = browser.clone();
    assert_eq!(browser.sign_in("grace", false).await.status, StatusCode::SEE_OTHER);
    assert!(browser.get("/").await.body.contains("Signed in as <strong><bdi>Grace Hopper"));
    assert!(!copy.is_signed_in().await, "a copy of the first session");
    copy.cookies.remove("__Host-session");
    assert!(!copy.is_signed_in().await, "a copy of the first remember-me cookie");
}

#[tokio::test]
async fn two_sign_ins_at_once_are_two_sessions() {
    let site = Site::open().await;
    let (mut one, mut other) = (site.browser(), site.browser());
    let (a, b) = tokio::join!(one.sign_in("ada", false), other.sign_in("ada", false));
    assert_eq!((a.status, b.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    assert_ne!(one.cookies["__Host-session"], other.cookies["__Host-session"]);
    assert!(one.is_signed_in().await && other.is_signed_in().await);
}

#[tokio::test]
async fn where_to_go_is_handed_from_sign_in_to_register_and_back() {
    let site = Site::open().await;
    let login = site.browser().get("/login?next=%2Fsearch%3Fq%3Da%26sort%3Dname").await.body;
    assert!(login.contains("href=\"/register?next=%2Fsearch%3Fq%3Da%26sort%3Dname\""), "{login}");
    let register = site.browser().get("/register?next=/search?q=a%26sort=name").await.body;
    assert!(register.contains("href=\"/login?next=%2Fsearch%3Fq%3Da%26sort%3Dname\""), "{register}");
    let went = site.browser().submit("/login?next=/search?q=a%26sort=name", &ADA).await;
    assert_eq!(went.location(), "/search?q=a&sort=name");
    let went = site.browser().submit("/login?next=%2Fprofile%3Fx%3D1", &ADA).await;
    assert_eq!(went.location(), "/profile?x=1");
}

#[tokio::test]
async fn files_that_are_not_what_they_say_are_refused_at_the_field() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("ada", false).await;
    let large = vec![b'a'; (2 << 20) + 1];
    for (name, content, status) in [
        ("page.html", b"<!DOCTYPE html><script>alert(1)</script>".as_slice(), 415),
        ("picture.png", b"<!DOCTYPE html>", 415),
        ("drawing.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", 415),
        ("text.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 415),
        ("program.exe", b"MZ\x90\0", 415),
        ("nothing.png", b"", 415),
        ("large.txt", &large, 413),
    ] {
        let answer = browser.upload(name, content, "A caption").await;
        assert_eq!(answer.status.as_u16(), status, "{name}");
        assert!(answer.body.contains("href=\"#upload-file\""), "{name}: {}", answer.body);
        assert!(answer.body.contains("value=\"A caption\""), "{name}");
    }
}

#[tokio::test]
async fn a_person_s_files_have_a_quota() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("grace", false).await;
    let large = vec![b'a'; 2 << 20];
    for _ in 0..10 {
        assert_eq!(browser.upload("large.txt", &large, "Large").await.status, StatusCode::SEE_OTHER);
    }
    let one_more = browser.upload("small.txt", b"a", "Small").await;
    assert_eq!(one_more.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(one_more.body.contains("There is no room for this file"));
}

#[tokio::test]
async fn names_of_every_script_stay_in_their_place() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("grace", false).await;
    for name in ["עדה לאבלייס", "👩‍💻 Ada", "王"] {
        assert_eq!(browser.submit("/profile", &[("display_name", name)]).await.location(), "/profile", "{name}");
        let page = browser.get("/search?q=grace").await.body;
        assert!(page.contains(&format!("<h3><bdi>{name}</bdi></h3>")), "{name}: {page}");
    }
    // What would turn the text around it is no part of a name (UTS 39).
    let turned = browser.submit("/profile", &[("display_name", "Zoë\u{202e}evil")]).await;
    assert_eq!(turned.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_website_is_an_address_of_the_web_or_refused() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("grace", false).await;
    for (website, status) in [
        ("javascript:alert(1)", 422),
        ("JAVASCRIPT://example.org/%0Aalert(1)", 422),
        ("data:text/html,x", 422),
        ("//evil.example", 422),
        ("ftp://a.example", 422),
        ("https://", 422),
        ("https:///path", 422),
        ("https://a b", 422),
        ("https://ada@evil.example", 422),
        ("https://a.example\"onclick=x", 422),
        ("https://a.example\\b", 422),
        ("HTTPS://EXAMPLE.ORG/", 303),
        ("http://example.org/é?q=a@b#c", 303),
    ] {
        let answer = browser.submit("/profile", &[("display_name", "Grace"), ("website", website)]).await;
        assert_eq!(answer.status.as_u16(), status, "{website}");
    }
}

#[tokio::test]
async fn control_characters_are_refused_in_every_field() {
    let site = Site::open().await;
    let mut statuses = Vec::new();
    for fields in [[("username", "a\0da"), ("password", PASSWORD)], [("username", "ada"), ("password", "a\0b")]] {
        statuses.push(site.browser().submit("/login", &fields).await.status);
    }
    let mut browser = site.browser();
    browser.sign_in("ada", false).await;
    statuses.push(browser.submit("/profile", &[("display_name", "Ada"), ("bio", "a\0b")]).await.status);
    statuses.push(browser.upload("a.txt", b"text", "a\0b").await.status);
    statuses.push(browser.get("/search?q=a%00b").await.status);
    assert_eq!(statuses, [StatusCode::UNPROCESSABLE_ENTITY; 5]);
}

#[tokio::test]
async fn what_was_done_is_told_once() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("ada", false).await;
    browser.submit("/profile", &[("display_name", "Ada")]).await;
    assert!(browser.get("/profile").await.body.contains("Your profile is saved."));
    assert!(!browser.get("/profile").await.body.contains("Your profile is saved."));
    // Nobody else can make the site say it.
    browser.cookies.insert("__Host-notice".to_owned(), "ProfileSaved".to_owned());
    assert!(!browser.get("/profile").await.body.contains("Your profile is saved."));
}

#[tokio::test]
async fn a_search_beyond_the_last_page_says_so() {
    let mut browser = Site::open().await.browser();
    let beyond = browser.get("/search?page=1000").await;
    assert!(beyond.body.contains("There is nobody on page 1000.") && beyond.body.contains("rel=\"prev\""));
    for page in ["0", "-1", "99999999999", "1e3", "١"] {
        let answer = browser.get(&format!("/search?page={}", encode(page))).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    }
}

#[tokio::test]
async fn pages_ask_browsers_for_reports() {
    let site = Site::open().await;
    let page = site.browser().get("/").await;
    let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.ends_with("; require-trusted-types-for 'script'; report-uri /csp-report"), "{policy}");

    let mut browser = site.browser();
    let new =
        r#"[{"type":"csp-violation","body":{"documentURL":"http://127.0.0.1/x","effectiveDirective":"img-src"}}]"#;
    let request = Request::post("/csp-report").header(header::CONTENT_TYPE, "application/reports+json");
    assert_eq!(browser.send(request, new.into()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(site.app.reports(), 1);
    let mut last = StatusCode::NO_CONTENT;
    for _ in 0..60 {
        let request = Request::post("/csp-report").header(header::CONTENT_TYPE, "application/reports+json");
        last = browser.send(request, b"[]".to_vec()).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS, "one client cannot fill the log");
}
