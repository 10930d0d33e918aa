//! chromedriver, and the browser that it starts.

use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// chromedriver on a port that it chose; ends with the value.
pub(crate) struct Driver {
    port: u16,
    _process: Child,
}

impl Driver {
    /// It, or a loud word that the test is skipped for want of it.
    pub(crate) async fn start_or_skip() -> Option<Self> {
        let driver = Self::start().await;
        if driver.is_none() {
            assert!(
                std::env::var_os("SECURE_FORMS_TEST_ALL").is_none(),
                "chromedriver is not there, and no test may be skipped"
            );
            // Past the test harness, which keeps what `println!` writes.
            let words =
                "SKIPPED: the browser test needs `chromedriver` and `chromium` (Debian: chromium-driver, chromium)";
            let _ = writeln!(std::io::stderr(), "\n{words}");
        }
        driver
    }

    pub(crate) async fn start() -> Option<Self> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .ok()?;
        let mut lines = BufReader::new(process.stdout.take()?).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            if let Some((_, port)) = line.split_once("successfully on port ") {
                return Some(Self { port: port.trim_end_matches('.').parse().ok()?, _process: process });
            }
        }
        None
    }

    /// A browser with a profile of its own, and these arguments more.
    pub(crate) async fn browser(&self, profile: PathBuf, more: &[String]) -> Client {
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
        ];
        let mut arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        arguments.extend_from_slice(more);
        arguments.push(format!("--user-data-dir={}", profile.display()));
        let capabilities = json!({
            "goog:chromeOptions": { "args": arguments },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("an object was written") };
        ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .unwrap()
    }
}

/// A command of chromedriver's own.
#[derive(Debug)]
pub(crate) struct Extension(pub(crate) &'static str, pub(crate) Value);

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.1.to_string()))
    }
}
