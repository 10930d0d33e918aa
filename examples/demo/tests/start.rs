//! How the demo starts and why it does not, as a person at a terminal sees it: the program itself, in a folder of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

const KEY: (&str, &str) = ("SECRET_KEYS", "c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBieXRlcyE=");
const PUBLIC: (&str, &str) = ("PUBLIC_ORIGIN", "https://demo.example");
const PROXIES: (&str, &str) = ("TRUSTED_PROXIES", "127.0.0.1");

fn demo(folder: &Path, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demo"));
    command.current_dir(folder).env_clear().env("PORT", "0").envs(variables.iter().copied());
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

async fn line(lines: &mut Lines<BufReader<ChildStdout>>) -> String {
    tokio::time::timeout(Duration::from_secs(20), lines.next_line())
        .await
        .unwrap()
        .unwrap()
        .expect("the demo has ended")
}

/// Starts the demo, and waits until it says where it is.
async fn start(folder: &Path, variables: &[(&str, &str)]) -> (Child, Lines<BufReader<ChildStdout>>) {
    let mut child = demo(folder, variables).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = line(&mut lines).await;
    assert!(first.starts_with("demo: http://127.0.0.1:"), "{first}");
    (child, lines)
}

/// What a demo that does not start says.
async fn refusal(folder: &Path, variables: &[(&str, &str)]) -> String {
    let mut command = demo(folder, variables);
    let output =
        tokio::time::timeout(Duration::from_secs(20), command.output()).await.expect("the demo has started").unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

#[tokio::test]
async fn the_terminal_says_where_the_demo_is_and_as_whom_to_sign_in() {
    let folder = tempfile::tempdir().unwrap();
    let (_child, mut lines) = start(folder.path(), &[]).await;
    assert_eq!(line(&mut lines).await, "demo: sign in as ada, password: correct horse battery");
}

#[tokio::test]
async fn a_public_demo_does_not_start_on_a_database_with_published_passwords() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, _lines) = start(folder.path(), &[]).await;
    child.kill().await.unwrap();
    let said = refusal(folder.path(), &[KEY, PUBLIC, PROXIES]).await;
    assert!(said.contains("demo.sqlite has the example ada, whose password is published"), "{said}");
    // The twin: it starts with a database of its own.
    let (mut child, _lines) = start(folder.path(), &[KEY, PUBLIC, PROXIES, ("DATABASE_URL", "new.sqlite")]).await;
    assert!(child.try_wait().unwrap().is_none());
}

#[tokio::test]
async fn what_does_not_start_names_the_place_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let said = refusal(folder.path(), &[("DATABASE_URL", "no/such/folder.sqlite")]).await;
    assert!(said.contains("no/such/folder.sqlite") && said.contains("DATABASE_URL"), "{said}");
    let said = refusal(folder.path(), &[("PUBLIC_ORIGIN", "http://192.168.1.10:8080")]).await;
    assert!(said.contains("PUBLIC_ORIGIN") && said.contains("drop cookies") && said.contains("https://"), "{said}");
    let said = refusal(folder.path(), &[PUBLIC, KEY]).await;
    assert!(said.contains("TRUSTED_PROXIES is not set"), "{said}");
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = refusal(folder.path(), &[("PORT", &port)]).await;
    assert!(said.contains(&format!("127.0.0.1:{port}")) && said.contains("choose another port with PORT"), "{said}");
}

#[cfg(unix)]
#[tokio::test]
async fn keys_that_others_can_read_are_named_with_their_path() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (mut child, _lines) = start(folder.path(), &[]).await;
    child.kill().await.unwrap();
    std::fs::set_permissions(folder.path().join("demo.keys"), std::fs::Permissions::from_mode(0o644)).unwrap();
    let said = refusal(folder.path(), &[]).await;
    assert!(said.contains("demo.keys") && said.contains("0644") && said.contains("SECRET_KEYS"), "{said}");
}
