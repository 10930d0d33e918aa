//! Typed text is never lost, and pages are shown, while another writer holds the database, while the disc is full, after too many attempts,
//! and after a session has ended.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

mod common;

use std::time::{Duration, Instant};

use common::{Browser, ORIGIN, PASSWORD, Site};
use demo::App;
use demo::config::Config;
use http::{Request, StatusCode, header};
use secure_forms::session::{Clock, Timestamp};

/// The demo on a file, which another program can lock.
async fn on_file(folder: &std::path::Path) -> Site {
    let database = folder.join("demo.sqlite").display().to_string();
    let variable = |name: &str| match name {
        "DATABASE_URL" => Some(database.clone()),
        "SECRET_KEYS" => Some("c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBieXRlcyE=".to_owned()),
        "PUBLIC_ORIGIN" => Some(ORIGIN.to_owned()),
        "LOGIN_ATTEMPTS_PER_MINUTE" => Some("1000".to_owned()),
        _ => None,
    };
    let clock = Clock::stopped_at(Timestamp::from_unix(1_800_000_000));
    let config = Config::read(variable).unwrap();
    let app = App::open_at(&config, "127.0.0.1:8080".parse().unwrap(), clock.clone()).await.unwrap();
    Site { router: demo::app(app.clone()), app, clock }
}

/// Holds the database's write lock.
fn lock(folder: &std::path::Path) -> rusqlite::Connection {
    let other = rusqlite::Connection::open(folder.join("demo.sqlite")).unwrap();
    other.busy_timeout(Duration::from_secs(5)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    other
}

#[tokio::test]
async fn a_page_of_somebody_signed_in_does_not_wait_for_another_writer() {
    let folder = tempfile::tempdir().unwrap();
    let site = on_file(folder.path()).await;
    let mut browser = site.browser();
    browser.sign_in("ada", false).await;
    let lock = lock(folder.path());
    for minutes in [0, 2] {
        site.wait(Duration::from_secs(60 * minutes));
        let begun = Instant::now();
        let page = browser.get("/profile").await;
        assert_eq!(page.status, StatusCode::OK, "after {minutes} minutes");
        assert!(begun.elapsed() < Duration::from_secs(1), "after {minutes} minutes: {:?}", begun.elapsed());
    }
    drop(lock);
    // The twin: a session that is used stays, for longer than the two hours after which an unused one ends.
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(300)).await;
        site.wait(Duration::from_secs(60 * 60));
        assert!(browser.is_signed_in().await);
    }
}

#[tokio::test]
async fn a_locked_database_answers_503_with_everything_that_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let site = on_file(folder.path()).await;
    let (mut ada, mut newcomer) = (site.browser(), site.browser());
    ada.sign_in("ada", false).await;
    let lock = lock(folder.path());
    let saved = ada.submit("/profile", &[("display_name", "Ada"), ("bio", "A text of an hour")]).await;
    assert_eq!(saved.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(saved.body.contains("A text of an hour</textarea>") && saved.headers.contains_key(header::RETRY_AFTER));
    let uploaded = ada.upload("a.txt", b"text", "A caption of an hour").await;
    assert_eq!(uploaded.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(uploaded.body.contains("value=\"A caption of an hour\""), "{}", uploaded.body);
    let fields = [("username", "margaret"), ("email", "m@example.org"), ("password", PASSWORD), ("confirm", PASSWORD)];
    let registered = newcomer.submit("/register", &fields).await;
    assert_eq!(registered.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(registered.body.contains("value=\"margaret\"") && registered.body.contains("value=\"m@example.org\""));
    let entered = newcomer.submit("/login", &[("username", "grace"), ("password", PASSWORD)]).await;
    assert_eq!(entered.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(entered.body.contains("value=\"grace\""));
    // Signing out works on this browser, and the page says what did not.
    let token = ada.get("/").await.token();
    assert_eq!(ada.post("/logout", &token, &[]).await.location(), "/");
    assert!(ada.get("/").await.body.contains("You are signed out on this browser."));
    assert!(!ada.is_signed_in().await);
    // The twin: the same texts are taken when the other is done.
    drop(lock);
    let again = newcomer.post("/register", &registered.token(), &fields).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_eleventh_registration_in_a_minute_keeps_its_text_and_learns_nothing() {
    let site = Site::with(&[]).await;
    let mut browser = site.browser();
    let token = browser.get("/register").await.token();
    let fields = [("username", "ada"), ("email", "m@example.org"), ("password", PASSWORD), ("confirm", "other")];
    for _ in 0..10 {
        assert_eq!(browser.post("/register", &token, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let fields = [fields[0], fields[1], fields[2], ("confirm", PASSWORD)];
    for wrong in ["ada", "a b"] {
        let eleventh = browser.post("/register", &token, &[("username", wrong), fields[1], fields[2], fields[3]]).await;
        assert_eq!(eleventh.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(eleventh.body.contains("value=\"m@example.org\"") && eleventh.body.contains("Please send it again in"));
        assert!(!eleventh.body.contains("taken") && eleventh.headers.contains_key(header::RETRY_AFTER));
    }
}

#[tokio::test]
async fn what_was_typed_before_a_remembered_session_ended_is_taken() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("ada", true).await;
    let profile = browser.get("/profile").await.token();
    site.wait(Duration::from_secs(40 * 60));
    let upload = browser.get("/upload").await.token();
    // Neither is sent before the session ends; forms live an hour.
    let mut copy = browser.clone();
    copy.cookies.remove("__Host-remember");
    let logged_out = copy.get("/").await.token();
    copy.post("/logout", &logged_out, &[]).await;
    assert!(!copy.is_signed_in().await);

    let saved = browser.post("/profile", &profile, &[("display_name", "Ada"), ("bio", "A text of an hour")]).await;
    assert_eq!(saved.location(), "/profile", "{}", saved.body);
    assert!(browser.get("/profile").await.body.contains("A text of an hour"));
    assert!(!upload.is_empty());
    let uploaded = browser.upload("a.txt", b"text", "A caption").await;
    assert_eq!(uploaded.location(), "/");
}

#[tokio::test]
async fn a_form_that_signs_out_or_in_has_the_last_word_over_the_remember_cookie() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("ada", true).await;
    let token = browser.get("/").await.token();
    site.wait(Duration::from_secs(50 * 60));
    browser.get("/profile").await;
    let before = browser.clone();
    let mut copy = browser.clone();
    copy.cookies.remove("__Host-remember");
    let logout = copy.get("/").await.token();
    copy.post("/logout", &logout, &[]).await;

    let out = browser.post("/logout", &token, &[]).await;
    assert_eq!(out.location(), "/", "{}", out.body);
    assert!(!browser.cookies.contains_key("__Host-session") && !browser.cookies.contains_key("__Host-remember"));
    for mut browser in [browser, before] {
        assert!(!browser.is_signed_in().await);
        assert!(!browser.is_signed_in().await, "not by asking twice either");
    }
}

#[tokio::test]
async fn a_stolen_remember_cookie_gives_no_session_that_outlives_its_family() {
    let site = Site::open().await;
    let mut victim = site.browser();
    victim.sign_in("ada", true).await;
    victim.cookies.remove("__Host-session");
    let mut thief = victim.clone();
    thief.get("/profile").await;
    assert!(thief.is_signed_in().await);
    site.wait(Duration::from_secs(32));
    victim.get("/profile").await;
    assert!(!victim.is_signed_in().await, "a used token came again: the family has ended");
    assert!(!thief.is_signed_in().await, "and the session that it made");
    // The twin: a session of the same person from elsewhere goes on.
    let mut elsewhere = site.browser();
    elsewhere.sign_in("ada", true).await;
    assert!(elsewhere.is_signed_in().await);
}

#[tokio::test]
async fn whoever_is_signed_in_is_sent_on_from_the_sign_in_page() {
    let site = Site::open().await;
    let mut browser = site.browser();
    assert_eq!(browser.get("/login?next=%2Fprofile").await.status, StatusCode::OK);
    browser.sign_in("ada", false).await;
    assert_eq!(browser.get("/login?next=%2Fprofile").await.location(), "/profile");
    assert_eq!(browser.get("/login?next=https%3A%2F%2Fevil.test").await.status, StatusCode::OK);
    assert!(browser.get("/login").await.body.contains("change to another account"));
}

#[tokio::test]
async fn an_upload_over_the_limit_is_refused_before_its_body_is_read() {
    let site = Site::with(&[("LOGIN_ATTEMPTS_PER_MINUTE", "2")]).await;
    let mut browser = site.browser();
    browser.sign_in("ada", false).await;
    let cookies = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let upload = || {
        let unread = futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>();
        Request::post("/upload")
            .header(header::HOST, "localhost")
            .header(header::COOKIE, &cookies)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X")
            .body(axum::body::Body::from_stream(unread))
            .unwrap()
    };
    for _ in 0..4 {
        let site = tower::ServiceExt::oneshot(site.router.clone(), upload());
        let _ = tokio::time::timeout(Duration::from_millis(20), site).await;
    }
    let answer = tower::ServiceExt::oneshot(site.router.clone(), upload());
    let answer = tokio::time::timeout(Duration::from_secs(2), answer).await.expect("no body is waited for").unwrap();
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn searches_and_downloads_have_limits() {
    let site = Site::with(&[("LOGIN_ATTEMPTS_PER_MINUTE", "1")]).await;
    let mut browser = site.browser();
    for path in ["/search?q=a", "/files/1"] {
        for _ in 0..12 {
            assert_eq!(browser.get(path).await.status, StatusCode::OK, "{path}");
        }
        assert_eq!(browser.get(path).await.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
    }
}

#[tokio::test]
async fn an_error_of_a_layer_is_a_page_with_a_way_on() {
    let folder = tempfile::tempdir().unwrap();
    let site = on_file(folder.path()).await;
    let mut browser = site.browser();
    browser.sign_in("ada", false).await;
    let other = rusqlite::Connection::open(folder.path().join("demo.sqlite")).unwrap();
    other.execute_batch("ALTER TABLE sessions RENAME TO gone").unwrap();
    let page = browser.get("/profile").await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.body.contains("<nav") && page.body.contains("Back to the start"), "{}", page.body);
    assert!(page.headers.contains_key(header::CONTENT_SECURITY_POLICY) && !page.body.contains("sessions"));
}

/// The status of an attempt to sign in from this address.
async fn attempt(browser: &mut Browser, last: u8, username: &str, password: &str) -> StatusCode {
    let token = browser.get("/login").await.token();
    let request = Request::post("/login")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ORIGIN, ORIGIN)
        .header("x-forwarded-for", format!("198.51.100.{last}"));
    let body = format!("csrf_token={token}&username={username}&password={}", common::encode(password));
    browser.send(request, body.into_bytes()).await.status
}

#[tokio::test]
async fn attempts_at_one_account_from_many_addresses_do_not_run_side_by_side() {
    let site = Site::with(&[("LOGIN_ATTEMPTS_PER_MINUTE", "1"), ("TRUSTED_PROXIES", "127.0.0.1")]).await;
    // Ada has signed in on this browser before, and Grace on hers.
    let (mut ada, mut grace) = (site.browser(), site.browser());
    assert_eq!(attempt(&mut ada, 1, "ada", PASSWORD).await, StatusCode::SEE_OTHER);
    assert_eq!(attempt(&mut grace, 2, "grace", PASSWORD).await, StatusCode::SEE_OTHER);
    let guess = async |last| attempt(&mut site.browser(), last, "ada", "wrong").await;
    assert_eq!(guess(3).await, StatusCode::UNPROCESSABLE_ENTITY, "the second of two a minute");

    let begun = Instant::now();
    let statuses = futures_util::future::join_all((10..20).map(guess)).await;
    let refused = statuses.iter().filter(|status| **status == StatusCode::TOO_MANY_REQUESTS).count();
    assert_eq!(refused, 9, "{statuses:?}");
    assert!(begun.elapsed() >= Duration::from_secs(2), "the one waited");
    // The twin: nobody is locked out by that on a browser of her own; another's browser is one of the crowd.
    let others = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        (attempt(&mut grace, 21, "ada", PASSWORD).await, attempt(&mut ada, 22, "ada", PASSWORD).await)
    };
    let (_, statuses) = tokio::join!(guess(20), others);
    assert_eq!(statuses, (StatusCode::TOO_MANY_REQUESTS, StatusCode::SEE_OTHER));
}

/// A file of this process cannot grow any more (`ulimit -f`): what a full disc does.
#[cfg(unix)]
#[tokio::test]
async fn a_full_disc_keeps_pages_and_texts() {
    use std::process::Stdio;
    use tokio::io::{AsyncBufReadExt, BufReader};
    let folder = tempfile::tempdir().unwrap();
    let demo = |limit: &str| {
        let mut command = tokio::process::Command::new("sh");
        // Without a handler of its own, the signal would end the process before the write can fail.
        command.args(["-c", &format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\""), env!("CARGO_BIN_EXE_demo")]);
        command
            .current_dir(folder.path())
            .env("PORT", "0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        command
    };
    let start = async |limit: &str| {
        let mut child = demo(limit).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next_line().await.unwrap().expect("the demo has ended");
        (child, line.trim_start_matches("demo: ").trim_end_matches('/').to_owned())
    };
    let (mut child, _) = start("unlimited").await;
    child.kill().await.unwrap();
    let database = rusqlite::Connection::open(folder.path().join("demo.sqlite")).unwrap();
    database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(database);
    // The log of the database may not grow beyond some thirty pages.
    let (_child, origin) = start("128").await;
    let mut browser = common::Wire::new(&origin);
    assert_eq!(browser.submit("/login", &[("username", "ada"), ("password", PASSWORD)]).await.0, 303);
    let long = "A text of an hour. ".repeat(50);
    let mut last = 0;
    for at in 0..60 {
        let name = format!("Ada {at}");
        let (status, body) = browser.submit("/profile", &[("display_name", &name), ("bio", &long)]).await;
        last = status;
        if status != 303 {
            assert!(body.contains("A text of an hour."), "{body}");
            break;
        }
    }
    assert_eq!(last, 503);
    assert_eq!(browser.get("/profile").await.0, 200);
    assert_eq!(browser.get("/").await.0, 200);
    let (status, _) = browser.submit("/logout", &[]).await;
    assert_eq!(status, 303, "signing out works");
}
