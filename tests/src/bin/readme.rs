//! Makes a crate outside of the workspace of exactly what the README shows, builds it, starts it, and sends its form as its own
//! page rendered it. Needs the dependencies of the example, so it has a command of its own: `cargo run -p secure-forms-tests --bin readme`.

use std::error::Error;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};
use std::{env, fs};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the tests stand in a workspace")?;
    let program = build(workspace, &fs::read_to_string(workspace.join("README.md"))?)?;
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let folder = program.parent().ok_or("a program stands in a folder")?;
    let _running = Running(Command::new(&program).current_dir(folder).env("ADDRESS", address.to_string()).spawn()?);
    wait_for(address)?;
    person(address)?;
    println!("readme: the example was built, started, and its form sent");
    Ok(())
}

/// The first block of code in this language below the heading of the example.
fn block<'r>(readme: &'r str, language: &str) -> Result<&'r str> {
    let example = readme.split("\n## One whole example\n").nth(1).ok_or("no example")?;
    let code = example.split(&format!("```{language}\n")).nth(1).ok_or("no such block")?;
    Ok(code.split("\n```").next().unwrap_or(code))
}

/// The crate is unpublished, so a patch says where it is; all else is what the README says.
fn build(workspace: &Path, readme: &str) -> Result<PathBuf> {
    let folder = env::temp_dir().join(format!("secure-forms-readme-{}", std::process::id()));
    fs::create_dir_all(folder.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"readme\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{}\n\n\
         [patch.crates-io]\nsecure-forms = {{ path = {:?} }}\n",
        block(readme, "toml")?,
        workspace.join("secure-forms")
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/main.rs"), block(readme, "rust,no_run")?)?;
    // The versions that the rest of the tests use.
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let target = workspace.join("target/readme");
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--quiet"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTFLAGS", "-D warnings")
        .status()?;
    if !status.success() {
        return Err("the README's example does not build".into());
    }
    let program = folder.join("readme");
    fs::copy(target.join("debug/readme"), &program)?;
    Ok(program)
}

/// Ends with the value, and takes the folder with it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
        let _ = fs::remove_dir_all(env::temp_dir().join(format!("secure-forms-readme-{}", std::process::id())));
    }
}

fn wait_for(address: SocketAddr) -> Result<()> {
    let started = Instant::now();
    while TcpStream::connect(address).is_err() {
        if started.elapsed() > Duration::from_secs(30) {
            return Err("the example does not answer".into());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// What a person does: opens the page, fills in what is to be filled in, sends it; then once more with the same address.
fn person(address: SocketAddr) -> Result<()> {
    for (times, status, words) in [(1, "303", "/welcome"), (2, "422", "This email is taken")] {
        let page = send(address, "GET", "/register", "", "")?;
        let cookie =
            page.lines().find_map(|line| line.strip_prefix("set-cookie: ")).ok_or("the page sets no cookie")?;
        let cookie = cookie.split(';').next().unwrap_or(cookie);
        let fixed: Vec<String> = hidden(&page).map(|(name, value)| format!("{name}={value}")).collect();
        let body = format!("{}&username=ada.l&email=ada%40example.org", fixed.join("&"));
        let answer = send(address, "POST", "/register", cookie, &body)?;
        if !answer.starts_with(&format!("HTTP/1.1 {status}")) || !answer.contains(words) {
            return Err(format!("sent {times} times, the form of the page is answered by:\n{answer}").into());
        }
    }
    Ok(())
}

/// Name and value of each hidden field. (Tokens and keys need no escaping, neither in HTML nor in a body.)
fn hidden(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.split("<input ").filter(|input| input.contains("type=\"hidden\"")).filter_map(|input| {
        let of = |name: &str| input.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        Some((of("name")?, of("value")?))
    })
}

fn send(address: SocketAddr, method: &str, path: &str, cookie: &str, body: &str) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nSec-Fetch-Site: same-origin\r\n\
         Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
