//! A person's way through the demo, and what others try on it, over HTTP without a browser.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

mod common;

use std::time::Duration;

use common::{Browser, PASSWORD, Site};
use http::{Request, StatusCode, header};

const REGISTRATION: [(&str, &str); 4] = [
    ("username", "margaret"),
    ("email", "margaret@example.org"),
    ("password", "one small step for software"),
    ("confirm", "one small step for software"),
];

#[tokio::test]
async fn a_person_registers_edits_searches_uploads_and_leaves() {
    let site = Site::open().await;
    let mut browser = site.browser();

    let registered = browser.submit("/register?next=%2Fupload", &REGISTRATION).await;
    assert_eq!((registered.status, registered.location()), (StatusCode::SEE_OTHER, "/upload"));

    let fields = [
        ("display_name", "Margaret Hamilton"),
        ("bio", "Software\r\nengineering"),
        ("website", "https://example.org/m"),
    ];
    assert_eq!(browser.submit("/profile", &fields).await.location(), "/profile");
    let page = browser.get("/profile").await.body;
    assert!(page.contains("value=\"Margaret Hamilton\"") && page.contains("engineering</textarea>"), "{page}");

    let found = browser.get("/search?q=hamilton&sort=newest").await.body;
    assert!(found.contains("Margaret Hamilton") && !found.contains("Grace Hopper"));

    let uploaded = browser.upload("../../code.txt", b"10 PRINT", "A listing").await;
    assert_eq!((uploaded.status, uploaded.location()), (StatusCode::SEE_OTHER, "/"));
    assert!(browser.get("/").await.body.contains("code.txt"));
    let file = browser.get("/files/2").await;
    assert_eq!(file.bytes, b"10 PRINT");
    assert_eq!(file.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"code.txt\"");
    assert_eq!(file.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");

    let token = browser.get("/").await.token();
    assert_eq!(browser.post("/logout", &token, &[]).await.status, StatusCode::SEE_OTHER);
    assert!(!browser.is_signed_in().await);
}

/// The guide: after signing in, back to where the person came from, if that is on this site.
#[tokio::test]
async fn guide_login_next() {
    let site = Site::open().await;
    let asked = site.browser().get("/upload").await;
    assert_eq!(asked.location(), "/login?next=%2Fupload");

    let fields = [("username", "ada"), ("password", PASSWORD)];
    assert_eq!(site.browser().submit("/login?next=%2Fupload", &fields).await.location(), "/upload");
    // The demo's policy is to fall back: never off the site, and never an error that a link from elsewhere can cause.
    for evil in [
        "https://someothersite.org",
        "file:///",
        "//evil.test",
        "/\\evil.test",
        "/%09/evil.test",
        "javascript:alert(1)",
    ] {
        let path = format!("/login?next={}", common::encode(evil));
        assert_eq!(site.browser().submit(&path, &fields).await.location(), "/profile", "{evil}");
    }
}

#[tokio::test]
async fn where_to_go_survives_a_mistake() {
    let site = Site::open().await;
    let mut browser = site.browser();
    let wrong = browser.submit("/login?next=%2Fupload", &[("username", "ada"), ("password", "wrong")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("action=\"/login?next=/upload\""), "{}", wrong.body);
}

/// The guide: `SameSite=Strict; Secure; HttpOnly` for the session and for remember-me, which lasts 30 days.
#[tokio::test]
async fn guide_cookies() {
    let site = Site::open().await;
    let answer = site.browser().sign_in("ada", true).await;
    let session = answer.set_cookie("__Host-session").unwrap();
    assert!(session.ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict"), "{session}");
    let remember = answer.set_cookie("__Host-remember").unwrap();
    assert!(remember.ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=2592000"), "{remember}");
    assert!(site.browser().sign_in("ada", false).await.set_cookie("__Host-remember").is_none());
}

#[tokio::test]
async fn a_cookie_from_before_the_sign_out_signs_nobody_in() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("ada", true).await;
    let mut thief = browser.clone();
    assert!(thief.is_signed_in().await);

    let token = browser.get("/").await.token();
    browser.post("/logout", &token, &[]).await;
    assert!(!thief.is_signed_in().await);
    thief.cookies.remove("__Host-session");
    assert!(!thief.is_signed_in().await);
}

#[tokio::test]
async fn the_identifier_of_a_session_is_new_at_every_sign_in() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("ada", false).await;
    let first = browser.cookies["__Host-session"].clone();
    browser.sign_in("ada", false).await;
    assert_ne!(browser.cookies["__Host-session"], first);
}

#[tokio::test]
async fn a_session_ends_by_idleness_and_a_remembered_person_comes_back() {
    let site = Site::open().await;
    let (mut forgotten, mut remembered) = (site.browser(), site.browser());
    forgotten.sign_in("ada", false).await;
    remembered.sign_in("ada", true).await;
    site.wait(Duration::from_secs(3 * 3600));
    assert!(!forgotten.is_signed_in().await);
    assert_eq!(remembered.get("/profile").await.location(), "/profile", "the same address again, now with a session");
    assert!(remembered.is_signed_in().await);
    // A form of that page is accepted at once.
    assert_eq!(remembered.submit("/profile", &[("display_name", "Ada")]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_copied_remember_cookie_ends_its_family_when_it_is_used_late() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("ada", true).await;
    browser.cookies.remove("__Host-session");
    let mut thief = browser.clone();
    browser.get("/").await;
    assert!(browser.is_signed_in().await);

    site.wait(Duration::from_secs(60));
    thief.get("/").await;
    assert!(!thief.is_signed_in().await);
    browser.cookies.remove("__Host-session");
    browser.get("/").await;
    assert!(!browser.is_signed_in().await, "the original is worth nothing either");
}

#[tokio::test]
async fn two_requests_at_once_with_one_remember_cookie_are_both_welcome() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("ada", true).await;
    browser.cookies.remove("__Host-session");
    let mut other_tab = browser.clone();
    browser.get("/").await;
    other_tab.get("/").await;
    assert!(browser.is_signed_in().await && other_tab.is_signed_in().await);
}

#[tokio::test]
async fn wildcards_of_a_search_are_plain_characters() {
    let site = Site::open().await;
    let mut browser = site.browser();
    let percent = browser.get("/search?q=%25").await.body;
    assert!(percent.contains("Katherine Johnson") && !percent.contains("Ada Lovelace"));
    let underscore = browser.get("/search?q=_").await.body;
    assert!(underscore.contains("Hedy Lamarr") && !underscore.contains("Ada Lovelace"));
}

#[tokio::test]
async fn a_search_that_is_out_of_its_limits_is_told_so() {
    let mut browser = Site::open().await.browser();
    for (query, status) in
        [("sort=password_hash", 422), ("page=0", 422), ("page=1001", 422), ("page=x", 422), ("sort=name", 200)]
    {
        assert_eq!(browser.get(&format!("/search?{query}")).await.status, status, "{query}");
    }
}

#[tokio::test]
async fn sql_in_every_field_is_stored_as_it_is() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("grace", false).await;
    for payload in ["' OR '1'='1", "'; DROP TABLE users; --", "\" UNION SELECT password_hash FROM users --"] {
        let answer = browser.submit("/profile", &[("display_name", payload), ("bio", payload)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{payload}");
        let page = browser.get("/profile").await.body;
        let shown = payload.replace('\'', "&#39;").replace('"', "&quot;");
        assert!(page.contains(&format!("value=\"{shown}\"")), "{page}");
        assert_eq!(browser.get(&format!("/search?q={}", common::encode(payload))).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn markup_in_every_field_is_shown_as_text() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("grace", false).await;
    let payload = "<script>alert(1)</script>\"'><img src=x>";
    browser.submit("/profile", &[("display_name", payload), ("bio", payload)]).await;
    for path in ["/", "/profile", "/search?q=script"] {
        let page = browser.get(path).await.body;
        assert!(!page.contains("<script>") && !page.contains("<img"), "{path}: {page}");
        assert!(page.contains("&lt;script&gt;"), "{path}");
    }
    let website = browser.submit("/profile", &[("display_name", "Grace"), ("website", "javascript:alert(1)")]).await;
    assert_eq!(website.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_form_without_its_token_does_nothing() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("ada", false).await;
    for path in ["/profile", "/logout", "/upload", "/login", "/register"] {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let status = browser.send(request, b"display_name=Mallory".to_vec()).await.status;
        assert!(status == StatusCode::FORBIDDEN, "{path}: {status}");
    }
    assert!(browser.is_signed_in().await);
    assert!(!browser.get("/").await.body.contains("Mallory"));
}

#[tokio::test]
async fn a_form_that_lay_open_too_long_comes_back_with_its_text() {
    let site = Site::with(&[("CSRF_TTL_SECONDS", "60")]).await;
    let mut browser = site.browser();
    browser.sign_in("ada", false).await;
    let token = browser.get("/profile").await.token();
    site.wait(Duration::from_secs(61));
    let late = browser.post("/profile", &token, &[("display_name", "Typed for a minute")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("value=\"Typed for a minute\"") && late.body.contains("open too long"));
    assert_eq!(browser.post("/profile", &late.token(), &[("display_name", "Ada")]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn names_and_addresses_are_unique_without_case() {
    let site = Site::open().await;
    let fields = |username, email| {
        [
            ("username", username),
            ("email", email),
            ("password", "correct horse battery"),
            ("confirm", "correct horse battery"),
        ]
    };
    let taken = site.browser().submit("/register", &fields("ADA", "new@example.org")).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(taken.body.contains("This name is taken."));
    let taken = site.browser().submit("/register", &fields("newcomer", "Ada@Example.org")).await;
    assert!(taken.body.contains("This email is taken."));
}

#[tokio::test]
async fn two_who_want_one_name_at_the_same_moment_get_one_account() {
    let site = Site::open().await;
    let register = async |mut browser: Browser| browser.submit("/register", &REGISTRATION).await.status;
    let (one, other) = tokio::join!(register(site.browser()), register(site.browser()));
    let mut statuses = [one.as_u16(), other.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_are_told_alike() {
    let site = Site::open().await;
    let answer = async |username: &str| {
        let answer = site.browser().submit("/login", &[("username", username), ("password", "wrong password")]).await;
        assert!(!answer.body.contains("wrong password"));
        (answer.status, answer.body.contains("The name or the password is not right."))
    };
    assert_eq!(answer("ada").await, (StatusCode::UNPROCESSABLE_ENTITY, true));
    assert_eq!(answer("nobody").await, (StatusCode::UNPROCESSABLE_ENTITY, true));
}

#[tokio::test]
async fn guessing_is_limited() {
    let site = Site::with(&[("LOGIN_ATTEMPTS_PER_MINUTE", "4")]).await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(site.browser().submit("/login", &[("username", "ada"), ("password", "wrong")]).await);
    }
    assert_eq!(statuses[1].status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(statuses[2].status, StatusCode::TOO_MANY_REQUESTS);
    assert!(statuses[2].headers.contains_key(header::RETRY_AFTER));
}

#[tokio::test]
async fn an_upload_that_lies_about_its_type_is_refused_and_its_caption_kept() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("ada", false).await;
    let answer = browser.upload("cat.png", b"<script>alert(1)</script>", "My cat").await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(answer.body.contains("value=\"My cat\""));
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let mut browser = Site::open().await.browser();
    for path in ["/", "/login", "/nowhere", "/files/999", "/files/x", "/healthz", "/profile"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert!(answer.headers.contains_key(header::CONTENT_SECURITY_POLICY), "{path}");
    }
    assert_eq!(browser.send(Request::delete("/"), Vec::new()).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn reports_of_browsers_are_counted_and_judged() {
    let site = Site::open().await;
    let mut browser = site.browser();
    let mut report = async |kind: &str, body: &str| {
        let request = Request::post("/csp-report").header(header::CONTENT_TYPE, kind);
        browser.send(request, body.as_bytes().to_vec()).await.status
    };
    assert_eq!(report("application/csp-report", "{\"csp-report\":{}}").await, StatusCode::NO_CONTENT);
    assert_eq!(report("application/csp-report", "{").await, StatusCode::BAD_REQUEST);
    assert_eq!(report("text/plain", "{}").await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(report("application/csp-report", &" ".repeat(100_000)).await, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(site.app.reports(), 1);
}
