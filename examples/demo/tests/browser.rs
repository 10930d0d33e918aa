//! The whole journey in a real Chromium, with not one violation of the policy and no error on the console. Takes a picture of
//! every page, wide and narrow, light and dark, with and without errors: into `docs/screenshots` if `SECURE_FORMS_SCREENSHOTS`
//! is set, else into a folder that goes away.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

#[path = "common/driver.rs"]
mod driver;
#[path = "common/tls.rs"]
#[allow(dead_code, reason = "each suite uses its part")]
mod tls;

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use demo::App;
use demo::config::Config;
use demo::server::{Server, Tls};
use driver::{Driver, Extension};
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tls::Certificate;
use tokio::net::TcpListener;

/// Runs on every new page.
const COUNT_VIOLATIONS: &str = "addEventListener('securitypolicyviolation', () => \
    localStorage.setItem('violations', 1 + Number(localStorage.getItem('violations'))))";

#[tokio::test]
async fn a_person_goes_through_every_page_in_a_browser() {
    let Some(driver) = Driver::start_or_skip().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let (origin, app) = serve(folder.path().join("demo.sqlite")).await;
    let browser = driver.browser(folder.path().join("profile"), &[]).await;
    let album = Album::new(folder.path().join("pictures"));
    let tour = Tour { client: &browser, origin, album: &album };
    tour.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": COUNT_VIOLATIONS })).await;

    tour.registers().await;
    tour.edits_a_profile().await;
    tour.searches().await;
    tour.uploads(&folder.path().join("note.txt")).await;
    tour.signs_out_and_in_again().await;

    let errors = tour.console_errors().await;
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!((tour.violations().await, app.reports()), (0, 0), "what the policy refused");
    // The twin: what the policy refuses is noticed here, by all three; the browser itself posts its report to the demo.
    tour.open("/search?q=secret").await;
    let _ = browser.execute("document.body.setAttribute('style', 'color: red')", Vec::new()).await;
    for _ in 0..100 {
        if app.reports() > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(tour.violations().await > 0 && !tour.console_errors().await.is_empty());
    assert_eq!(app.reports(), 1, "the report has arrived");
    assert!(album.count() >= 40, "{} pictures", album.count());
    browser.close().await.unwrap();
}

/// A link on another site leads here without the `Strict` session cookie: the page asks once more from here, and then all is as it
/// was for who is signed in, the first form too. `localhost` and `127.0.0.1` are two sites.
#[tokio::test]
async fn who_arrives_by_a_link_of_another_site_can_send_the_first_form() {
    let Some(driver) = Driver::start_or_skip().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let (origin, _) = serve(folder.path().join("demo.sqlite")).await;
    let browser = driver.browser(folder.path().join("profile"), &[]).await;
    let album = Album(folder.path().to_owned());
    let tour = Tour { client: &browser, origin: origin.clone(), album: &album };
    tour.open("/login").await;
    tour.fill(&[("username", "ada"), ("password", "correct horse battery")]).await;
    tour.send().await;
    tour.is_at("/profile").await;

    browser.goto(&page_with_link_to(format!("{origin}/profile")).await).await.unwrap();
    browser.find(Locator::Css("a")).await.unwrap().click().await.unwrap();
    let mut waited = 0;
    while browser.find(Locator::Css("main [name=display_name]")).await.is_err() && waited < 100 {
        waited += 1;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tour.is_at("/profile").await;
    tour.fill(&[("display_name", "Ada from elsewhere")]).await;
    tour.send().await;
    tour.shows("Your profile is saved.").await;
    browser.close().await.unwrap();
}

/// Another site, with one page that holds a link: its address.
async fn page_with_link_to(target: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let page = axum::response::Html(format!("<!DOCTYPE html><title>Elsewhere</title><a href=\"{target}\">There</a>"));
    let site = axum::Router::new().route("/", axum::routing::get(async move || page));
    tokio::spawn(async move { axum::serve(listener, site).await });
    format!("http://localhost:{port}/")
}

/// Plain HTTP leads to HTTPS, once: from then on the browser itself goes there (HSTS), and nothing is loaded in the open.
#[tokio::test]
async fn the_journey_over_tls_in_a_browser() {
    let Some(driver) = Driver::start_or_skip().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let files = Certificate::make(folder.path());
    let plain_requests = Arc::new(AtomicUsize::new(0));
    let (secure, plain) = serve_tls(folder.path(), &files, Arc::clone(&plain_requests)).await;
    let arguments = [
        format!("--host-resolver-rules=MAP demo.example:80 {plain},MAP demo.example:443 {secure}"),
        format!("--ignore-certificate-errors-spki-list={}", STANDARD.encode(Sha256::digest(&files.public_key))),
        // The browser shall not try HTTPS by itself before it was told to.
        "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable".to_owned(),
    ];
    let browser = driver.browser(folder.path().join("profile"), &arguments).await;
    let album = Album(folder.path().to_owned());
    let tour = Tour { client: &browser, origin: "https://demo.example".to_owned(), album: &album };
    tour.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": COUNT_VIOLATIONS })).await;

    browser.goto("http://demo.example/register?next=%2Fprofile").await.unwrap();
    assert_eq!(browser.current_url().await.unwrap().as_str(), "https://demo.example/register?next=%2Fprofile");
    assert_eq!(plain_requests.load(Ordering::Relaxed), 1, "sent on by the demo");
    let script = async |text: &str| browser.execute(text, Vec::new()).await.unwrap();
    assert_eq!(script("return performance.getEntriesByType('navigation')[0].nextHopProtocol").await, "h2");
    assert_eq!(script("return isSecureContext").await, true);

    let password = "one small step for software";
    let email = "margaret@example.org";
    tour.fill(&[("username", "margaret"), ("email", email), ("password", password), ("confirm", password)]).await;
    tour.send().await;
    tour.is_at("/profile").await;
    for cookie in browser.get_all_cookies().await.unwrap() {
        assert_eq!((cookie.secure(), cookie.http_only()), (Some(true), Some(true)), "{}", cookie.name());
    }
    let loaded = script("return performance.getEntriesByType('resource').map(entry => entry.name)").await;
    let loaded: Vec<String> = serde_json::from_value(loaded).unwrap();
    assert!(!loaded.is_empty() && loaded.iter().all(|url| url.starts_with("https://demo.example/")), "{loaded:?}");

    browser.goto("http://demo.example/search").await.unwrap();
    assert_eq!(browser.current_url().await.unwrap().as_str(), "https://demo.example/search");
    assert_eq!(plain_requests.load(Ordering::Relaxed), 1, "the browser went there by itself");
    let mut errors = tour.console_errors().await;
    // The redirect itself comes over plain HTTP, where Chromium says that it ignores this header.
    errors.retain(|error| !error.contains("Cross-Origin-Opener-Policy header has been ignored"));
    assert_eq!((errors, tour.violations().await), (Vec::new(), 0));
    browser.close().await.unwrap();
}

/// The demo with TLS of its own, and plain HTTP that leads there.
async fn serve_tls(
    folder: &std::path::Path,
    files: &Certificate,
    plain_requests: Arc<AtomicUsize>,
) -> (SocketAddr, SocketAddr) {
    let variable = |name: &str| match name {
        "DATABASE_URL" => Some(folder.join("demo.sqlite").display().to_string()),
        "SECRET_KEYS" => Some("c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBieXRlcyE=".to_owned()),
        "PUBLIC_ORIGIN" => Some("https://demo.example".to_owned()),
        "TLS_CERT" => Some(files.certificate.display().to_string()),
        "TLS_KEY" => Some(files.key.display().to_string()),
        _ => None,
    };
    let config = Config::read(variable).unwrap();
    let secure = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let plain = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addresses = (secure.local_addr().unwrap(), plain.local_addr().unwrap());
    let app = App::open(&config, addresses.0).await.unwrap();
    let origins = config.origins.clone().unwrap();
    let tls = Tls::of(config.tls.as_ref().unwrap(), &origins).unwrap();
    let count = axum::middleware::map_request(move |request: axum::extract::Request| {
        plain_requests.fetch_add(1, Ordering::Relaxed);
        std::future::ready(request)
    });
    tokio::spawn(Server::new(demo::app(app.clone()), &app).tls(tls).run(secure, std::future::pending()));
    tokio::spawn(Server::new(demo::app(app.clone()).layer(count), &app).run(plain, std::future::pending()));
    addresses
}

#[test]
fn a_skipped_test_says_so_to_who_runs_it() {
    let run = |all: bool| {
        let mut again = std::process::Command::new(std::env::current_exe().unwrap());
        again.args(["--exact", "a_person_goes_through_every_page_in_a_browser"]).env("PATH", "");
        if all {
            again.env("SECURE_FORMS_TEST_ALL", "1")
        } else {
            again.env_remove("SECURE_FORMS_TEST_ALL")
        };
        again.output().unwrap()
    };
    let skipped = run(false);
    assert!(skipped.status.success());
    assert!(String::from_utf8_lossy(&skipped.stderr).contains("SKIPPED: the browser test needs"));
    assert!(!run(true).status.success(), "where all tests must run, a skip is a failure");
}

/// The demo on a port of its own.
async fn serve(database: PathBuf) -> (String, App) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let database = database.display().to_string();
    let variable = |name: &str| match name {
        "DATABASE_URL" => Some(database.clone()),
        "SECRET_KEYS" => Some("c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBieXRlcyE=".to_owned()),
        "LOGIN_ATTEMPTS_PER_MINUTE" => Some("1000".to_owned()),
        _ => None,
    };
    let app = App::open(&Config::read(variable).unwrap(), address).await.unwrap();
    tokio::spawn(Server::new(demo::app(app.clone()), &app).run(listener, std::future::pending()));
    (format!("http://{address}"), app)
}

/// Where pictures go.
struct Album(PathBuf);

impl Album {
    fn new(elsewhere: PathBuf) -> Self {
        let docs = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/screenshots"));
        let folder = if std::env::var_os("SECURE_FORMS_SCREENSHOTS").is_some() { docs } else { elsewhere };
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn count(&self) -> usize {
        fs::read_dir(&self.0).unwrap().count()
    }
}

struct Tour<'t> {
    client: &'t Client,
    origin: String,
    album: &'t Album,
}

impl Tour<'_> {
    async fn registers(&self) {
        self.open("/").await;
        self.pictures("home").await;
        self.open("/register?next=%2Fprofile").await;
        self.pictures("register").await;
        // The browser's own checks would stop these; a person without them meets the server's.
        self.without_browser_checks().await;
        self.fill(&[("username", "7up"), ("email", "nobody"), ("password", "short"), ("confirm", "other")]).await;
        self.send().await;
        self.shows("Usernames must have only letters, numbers, dots or underscores").await;
        assert_eq!(self.value("username").await, "7up");
        assert_eq!(self.value("password").await, "");
        self.pictures("register-errors").await;
        let password = "one small step for software";
        self.fill(&[
            ("username", "margaret"),
            ("email", "margaret@example.org"),
            ("password", password),
            ("confirm", password),
        ])
        .await;
        self.send().await;
        self.is_at("/profile").await;
    }

    async fn edits_a_profile(&self) {
        self.pictures("profile").await;
        self.fill(&[
            ("display_name", "Margaret Hamilton"),
            ("bio", "Software engineering, <b>before</b> it had a name."),
            ("website", "https://example.org/m"),
        ])
        .await;
        self.send().await;
        self.is_at("/profile").await;
        self.shows("Your profile is saved.").await;
        self.pictures("profile-saved").await;
        assert_eq!(self.value("display_name").await, "Margaret Hamilton");
        self.without_browser_checks().await;
        self.fill(&[("display_name", ""), ("website", "javascript:alert(1)")]).await;
        self.send().await;
        self.shows("Website is not the address of a page; it should look like https://example.com/page.").await;
        self.pictures("profile-errors").await;
    }

    async fn searches(&self) {
        self.open("/search").await;
        self.fill(&[("q", "software engineering")]).await;
        self.send().await;
        self.shows("Margaret Hamilton").await;
        // The markup of somebody's text is text.
        self.shows("<b>before</b>").await;
        self.pictures("search").await;
        self.open("/search?q=nobody+at+all").await;
        self.shows("Nobody was found.").await;
        self.pictures("search-empty").await;
    }

    async fn uploads(&self, file: &std::path::Path) {
        self.open("/upload").await;
        self.pictures("upload").await;
        self.without_browser_checks().await;
        self.send().await;
        self.shows("File is required.").await;
        self.pictures("upload-errors").await;
        // Far beyond the cap: the page comes all the same, and no "connection was reset".
        fs::write(file, "a".repeat(30_000_000)).unwrap();
        self.choose(file).await;
        self.fill(&[("caption", "Much too large")]).await;
        self.send().await;
        self.shows("File is too large; at most 2 MiB are allowed.").await;
        assert_eq!(self.value("caption").await, "Much too large", "the other fields come back");
        self.pictures("upload-too-large").await;
        fs::write(file, "10 PRINT \"HELLO\"\n").unwrap();
        self.choose(file).await;
        self.fill(&[("caption", "A listing")]).await;
        self.send().await;
        self.is_at("/").await;
        self.shows("note.txt").await;
        self.pictures("home-signed-in").await;
    }

    async fn choose(&self, file: &std::path::Path) {
        let field = self.client.find(Locator::Css("[name=file]")).await.unwrap();
        field.send_keys(&file.display().to_string()).await.unwrap();
    }

    async fn signs_out_and_in_again(&self) {
        self.leave_by("form[action='/logout'] button").await;
        self.shows("Sign in").await;
        self.open("/upload").await;
        self.is_at("/login").await;
        self.pictures("login").await;
        self.fill(&[("username", "ada"), ("password", "not it")]).await;
        self.send().await;
        self.shows("The name or the password is not right.").await;
        self.pictures("login-errors").await;
        self.fill(&[("username", "ada"), ("password", "correct horse battery")]).await;
        self.client.find(Locator::Css("[name=remember]")).await.unwrap().click().await.unwrap();
        self.send().await;
        self.is_at("/upload").await;
        let cookies = self.client.get_all_cookies().await.unwrap();
        for name in ["__Host-session", "__Host-remember"] {
            let cookie = cookies.iter().find(|cookie| cookie.name() == name).expect(name);
            assert_eq!((cookie.secure(), cookie.http_only()), (Some(true), Some(true)), "{name}");
        }
        self.open("/nowhere").await;
        self.shows("There is nothing at this address.").await;
        self.pictures("not-found").await;
    }

    async fn open(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.origin)).await.unwrap();
    }

    async fn is_at(&self, path: &str) {
        let url = self.client.current_url().await.unwrap();
        assert_eq!(url.path(), path, "{}", self.text().await);
    }

    async fn text(&self) -> String {
        self.client.find(Locator::Css("body")).await.unwrap().text().await.unwrap()
    }

    async fn shows(&self, words: &str) {
        let text = self.text().await;
        assert!(text.contains(words), "{words:?} is not on the page:\n{text}");
    }

    async fn value(&self, name: &str) -> String {
        let field = self.client.find(Locator::Css(&format!("main [name={name}]"))).await.unwrap();
        field.prop("value").await.unwrap().unwrap_or_default()
    }

    async fn fill(&self, fields: &[(&str, &str)]) {
        for (name, text) in fields {
            let field = self.client.find(Locator::Css(&format!("main [name={name}]"))).await.unwrap();
            field.clear().await.unwrap();
            field.send_keys(text).await.unwrap();
        }
    }

    async fn send(&self) {
        self.leave_by("main button[type=submit]").await;
    }

    /// Clicks, and waits for the page after this one: a click returns as soon as the request is on its way.
    async fn leave_by(&self, selector: &str) {
        self.client.execute("window.isOld = true", Vec::new()).await.unwrap();
        self.client.find(Locator::Css(selector)).await.unwrap().click().await.unwrap();
        let is_new = "return !window.isOld && document.readyState === 'complete'";
        for _ in 0..300 {
            if self.client.execute(is_new, Vec::new()).await.is_ok_and(|answer| answer == true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no page came after {selector}");
    }

    /// How often the policy refused something on this site.
    async fn violations(&self) -> u64 {
        let count = self.client.execute("return Number(localStorage.getItem('violations'))", Vec::new()).await.unwrap();
        count.as_u64().unwrap_or(u64::MAX)
    }

    async fn without_browser_checks(&self) {
        self.client.execute("document.querySelector('main form').noValidate = true", Vec::new()).await.unwrap();
    }

    /// The page, wide and narrow, light and dark, from top to bottom.
    async fn pictures(&self, page: &str) {
        for (size, width) in [("wide", 1280), ("narrow", 390)] {
            for scheme in ["light", "dark"] {
                let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
                self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
                let metrics =
                    |height: u64| json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
                self.devtools("Emulation.setDeviceMetricsOverride", metrics(720)).await;
                let height =
                    self.client.execute("return document.documentElement.scrollHeight", Vec::new()).await.unwrap();
                self.devtools("Emulation.setDeviceMetricsOverride", metrics(height.as_u64().unwrap().clamp(720, 4000)))
                    .await;
                let overflow = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
                assert_eq!(
                    self.client.execute(overflow, Vec::new()).await.unwrap(),
                    false,
                    "{page} is wider than {width}"
                );
                let picture = self.devtools("Page.captureScreenshot", json!({ "format": "png" })).await;
                let bytes = STANDARD.decode(picture["data"].as_str().unwrap()).unwrap();
                fs::write(self.album.0.join(format!("{page}-{size}-{scheme}.png")), bytes).unwrap();
            }
        }
        self.devtools("Emulation.clearDeviceMetricsOverride", json!({})).await;
    }

    async fn devtools(&self, command: &str, parameters: Value) -> Value {
        let call = Extension("goog/cdp/execute", json!({ "cmd": command, "params": parameters }));
        self.client.issue_cmd(call).await.unwrap()
    }

    /// What the console says, but for the statuses of pages with errors, which this test asks for (422 and 404).
    async fn console_errors(&self) -> Vec<String> {
        let log = self.client.issue_cmd(Extension("se/log", json!({ "type": "browser" }))).await.unwrap();
        let entries = log.as_array().cloned().unwrap_or_default();
        let is_wanted = |text: &str| {
            text.contains("status of 422")
                || (text.contains("/upload") && text.contains("status of 413"))
                || (text.contains("/nowhere") && text.contains("status of 404"))
        };
        let texts = entries.iter().filter_map(|entry| entry["message"].as_str());
        texts.filter(|text| !is_wanted(text)).map(str::to_owned).collect()
    }
}
