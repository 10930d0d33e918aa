//! Requests per second of the demo's pages, signed out and in, beside the same pages without defences; and a mixed load that counts lost
//! writes and memory. Prints only.
//!
//! ```sh
//! cargo build --release -p demo && cargo run --release -p demo --example load            # the table
//! cargo run --release -p demo --example load -- mixed 600                                # ten minutes of mixed load
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a measurement fails where it stands")]

mod bare;
#[path = "../../tests/common/mod.rs"]
mod common;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use common::{PASSWORD, Wire};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

/// Connections at once, and how long each page is asked for.
const CONNECTIONS: usize = 16;
const MEASURED: Duration = Duration::from_secs(4);

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => table(&beside_me()).await,
        ["bare", database] => {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            println!("demo: http://{}/", listener.local_addr().unwrap());
            bare::serve(listener, Path::new(database)).await.unwrap();
        }
        ["mixed", seconds] => mixed(&beside_me(), Duration::from_secs(seconds.parse().unwrap())).await,
        ["of", demo] => table(Path::new(demo)).await,
        _ => eprintln!("load [of PATH-OF-A-DEMO | mixed SECONDS]"),
    }
}

/// The demo that was built with this.
fn beside_me() -> PathBuf {
    std::env::current_exe().unwrap().parent().unwrap().with_file_name("demo")
}

/// A program that says where it serves.
async fn start(mut command: Command) -> (Child, String) {
    command.stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut child = command.spawn().expect("build the demo first");
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().expect("it has ended");
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    (child, line.trim_start_matches("demo: ").trim_end_matches('/').to_owned())
}

fn demo(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).envs([("PORT", "0"), ("LOGIN_ATTEMPTS_PER_MINUTE", "100000000")]);
    command
}

async fn table(program: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let (_child, origin) = start(demo(program, folder.path())).await;
    let mut browser = Wire::new(&origin);
    assert_eq!(browser.submit("/login", &[("username", "ada"), ("password", PASSWORD)]).await.0, 303);
    let mut plain = Command::new(std::env::current_exe().unwrap());
    plain.current_dir(folder.path()).args(["bare", "demo.sqlite"]);
    let (_other, bare) = start(plain).await;
    println!("{:<22} {:>10} {:>10} {:>8}", "requests per second", "demo", "bare", "share");
    for (path, who) in
        ["/login", "/", "/search?q=a"].into_iter().flat_map(|path| [(path, "signed out"), (path, "signed in")])
    {
        let (cookies, user) = if who == "signed in" { (browser.cookies(), "user=1") } else { (String::new(), "") };
        let ours = rate(&origin, path, &cookies).await;
        let theirs = rate(&bare, path, user).await;
        println!("{:<22} {ours:>10.0} {theirs:>10.0} {:>7.0}%", format!("{path} {who}"), 100.0 * ours / theirs);
    }
}

/// Answers per second over connections that stay open.
async fn rate(origin: &str, path: &str, cookies: &str) -> f64 {
    let address: SocketAddr = origin.trim_start_matches("http://").parse().unwrap();
    let cookies = if cookies.is_empty() { String::new() } else { format!("Cookie: {cookies}\r\n") };
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{cookies}\r\n");
    let begun = Instant::now();
    let asking = (0..CONNECTIONS).map(|_| {
        let request = request.clone();
        tokio::spawn(async move {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let (mut count, mut buffer) = (0_u64, Vec::with_capacity(64 << 10));
            while begun.elapsed() < MEASURED {
                stream.write_all(request.as_bytes()).await.unwrap();
                read_answer(&mut stream, &mut buffer).await;
                count += 1;
            }
            count
        })
    });
    let mut all = 0;
    for count in asking.collect::<Vec<_>>() {
        all += count.await.unwrap();
    }
    all as f64 / begun.elapsed().as_secs_f64()
}

/// One answer with a length.
async fn read_answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) {
    buffer.clear();
    loop {
        assert!(stream.read_buf(buffer).await.unwrap() > 0, "the connection was closed");
        let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = std::str::from_utf8(&buffer[..end]).unwrap().to_ascii_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
        let whole = end + 4 + length.parse::<usize>().unwrap();
        while buffer.len() < whole {
            assert!(stream.read_buf(buffer).await.unwrap() > 0, "the connection was closed");
        }
        return;
    }
}

/// Eight people who sign in, write, search and read for so long.
async fn mixed(program: &Path, time: Duration) {
    let folder = tempfile::tempdir().unwrap();
    let (child, origin) = start(demo(program, folder.path())).await;
    let process = child.id().unwrap();
    let (begun, start) = (Instant::now(), resident(process));
    let (requests, lost) = (AtomicU64::new(0), AtomicU64::new(0));
    let people = ["ada", "grace", "katherine", "hedy", "barbara", "radia"].map(|name| {
        let (origin, requests, lost) = (&origin, &requests, &lost);
        async move {
            let mut at = 0_u64;
            while begun.elapsed() < time {
                let mut browser = Wire::new(origin);
                browser.submit("/login", &[("username", name), ("password", PASSWORD)]).await;
                for _ in 0..20 {
                    at += 1;
                    let bio = format!("Entry {at} of {name}, and no other");
                    let (status, _) = browser.submit("/profile", &[("display_name", name), ("bio", &bio)]).await;
                    let (_, page) = browser.get("/profile").await;
                    if status == 303 && !page.contains(&bio) {
                        lost.fetch_add(1, Ordering::Relaxed);
                    }
                    browser.get("/search?q=entry").await;
                    browser.get("/").await;
                    requests.fetch_add(5, Ordering::Relaxed);
                }
            }
        }
    });
    futures_util::future::join_all(people).await;
    let (requests, lost) = (requests.into_inner(), lost.into_inner());
    println!("{requests} requests in {:.0} s, {lost} lost writes", begun.elapsed().as_secs_f64());
    println!("memory: {} MiB at the start, {} MiB at the end", start >> 10, resident(process) >> 10);
}

/// What a process has in memory, in KiB; 0 where the system does not say it so.
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}
