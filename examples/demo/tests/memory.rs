//! What sign-ins leave behind in memory: the program itself, 300 sign-ins by eight at once. Prints the figures.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

mod common;

use std::process::Stdio;

use common::{PASSWORD, Wire};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

const AT_ONCE: usize = 8;
const EACH: usize = 38;

/// What a process has in memory, in KiB (proc_pid_status(5), `VmRSS`).
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[tokio::test]
async fn three_hundred_sign_ins_leave_little_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_demo"))
        .current_dir(folder.path())
        .envs([("PORT", "0"), ("LOGIN_ATTEMPTS_PER_MINUTE", "1000000")])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let process = child.id().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().expect("the demo has ended");
    let origin = line.trim_start_matches("demo: ").trim_end_matches('/').to_owned();
    Wire::new(&origin).get("/").await;
    let start = resident(process);

    let people = (0..AT_ONCE).map(|_| async {
        for _ in 0..EACH {
            let (status, _) = Wire::new(&origin).submit("/login", &[("username", "ada"), ("password", PASSWORD)]).await;
            assert!(status == 303 || status == 503, "{status}");
        }
    });
    futures_util::future::join_all(people).await;
    let after = resident(process);
    println!("memory: {} MiB at the start, {} MiB after {} sign-ins", start >> 10, after >> 10, AT_ONCE * EACH);
    assert!(after <= 2 * start + (64 << 10), "{start} KiB at the start, {after} KiB after");
}
