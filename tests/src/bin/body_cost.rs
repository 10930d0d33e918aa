//! What a body of 1 MiB costs in CPU and memory, by the size of the chunks that its sender chooses: as a file in a multipart body and
//! as a text in an urlencoded one, in process and over TCP, beside what reading the same chunks takes without this library.
//!
//! `cargo run --release -p secure-forms-tests --bin body_cost` prints the table, and fails where small chunks cost more than three
//! times as much: in process as reading them does, together with the same body in one chunk; over TCP as hyper alone does. Memory
//! is that of the process, with the form's own copy of the text. Linux alone: the figures are those of `/proc`.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitCode, Stdio};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{FromRef, FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::post;
use futures_util::StreamExt;
use secure_forms::cookie::Cookies;
use secure_forms::csrf::{Binding, CSRF_HEADER, OwnOrigins};
use secure_forms::form::NoContext;
use secure_forms::{Form, FormGuard, KeyRing, Rejected, Submitted, Upload, Valid};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const CHUNKS: [usize; 5] = [1, 8, 64, 4096, 1 << 20];
const SIZE: usize = 1 << 20;
/// In process one reading is too short for the clock of the system.
const READINGS: usize = 10;

#[derive(Form)]
struct File {
    file: Upload,
}

#[derive(Form)]
struct Text {
    #[field(multiline, length(..=1048576, unit = bytes))]
    text: String,
}

#[derive(Clone, FromRef)]
struct App {
    guard: FormGuard,
}

/// A reader of bodies: its path, and a body for it.
struct Kind {
    path: &'static str,
    content_type: &'static str,
    body: fn() -> Vec<u8>,
}

const KINDS: [Kind; 2] = [
    Kind { path: "/file", content_type: "multipart/form-data; boundary=XX", body: multipart },
    Kind { path: "/text", content_type: "application/x-www-form-urlencoded", body: urlencoded },
];

fn multipart() -> Vec<u8> {
    let head = b"--XX\r\nContent-Disposition: form-data; name=file; filename=a.txt\r\n\r\n";
    [&head[..], &vec![b'x'; SIZE], b"\r\n--XX--\r\n"].concat()
}

fn urlencoded() -> Vec<u8> {
    [&b"text="[..], &vec![b'x'; SIZE]].concat()
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["serve"] => serve().map(|()| true),
        _ => table(),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("body_cost: {error}");
            ExitCode::FAILURE
        }
    }
}

/// CPU in milliseconds and memory in KiB of one row; `bare` is without this library.
struct Row {
    bare: f64,
    ours: f64,
    memory: u64,
}

/// Answers whether every ratio is within bounds.
fn table() -> Result<bool> {
    let mut is_good = true;
    println!(
        "| body of 1 MiB | chunks of | where | bare, ms CPU | ours, ms CPU | ratio | memory above the start, KiB |"
    );
    println!("|---|---|---|---|---|---|---|");
    for kind in &KINDS {
        let mut whole = None;
        for chunk in CHUNKS.into_iter().rev() {
            let row = in_process(kind, chunk)?;
            // Reading the chunks is the sender's to choose; beside it the body costs what it costs in one.
            let ratio = row.ours / (row.bare + *whole.get_or_insert(row.ours));
            is_good &= ratio <= 3.0;
            print(kind, chunk, "in process", &row, ratio);
        }
        for chunk in CHUNKS {
            let row = over_tcp(kind, chunk)?;
            let ratio = row.ours / row.bare.max(1.0);
            // In a handful of chunks reading costs next to nothing, and storing is all there is.
            is_good &= ratio <= 3.0 || chunk >= 4096;
            print(kind, chunk, "over TCP", &row, ratio);
        }
    }
    Ok(is_good)
}

fn print(kind: &Kind, chunk: usize, place: &str, row: &Row, ratio: f64) {
    let (kind, Row { bare, ours, memory }) = (kind.path, row);
    println!("| {kind} | {chunk} | {place} | {bare:.1} | {ours:.1} | {ratio:.1} | {memory} |");
}

/// A new server for each row, so that its most memory is that of the row.
fn over_tcp(kind: &Kind, chunk: usize) -> Result<Row> {
    let body = chunked(&(kind.body)(), chunk);
    let mut server = Server::start()?;
    let (bare, _) = server.cost("/bare", kind, &body)?;
    let start = server.memory("VmRSS")?;
    std::fs::write(format!("/proc/{}/clear_refs", server.child.id()), "5")?;
    let (ours, status) = server.cost(kind.path, kind, &body)?;
    if status != "204" {
        return Err(format!("{} answered {status}", kind.path).into());
    }
    Ok(Row { bare, ours, memory: server.memory("VmHWM")?.saturating_sub(start) })
}

/// RFC 9112, 7.1.
fn chunked(body: &[u8], chunk: usize) -> Vec<u8> {
    let mut wire = Vec::new();
    for chunk in body.chunks(chunk) {
        wire.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        wire.extend_from_slice(chunk);
        wire.extend_from_slice(b"\r\n");
    }
    wire.extend_from_slice(b"0\r\n\r\n");
    wire
}

/// The other process: this program, serving.
struct Server {
    child: Child,
    address: String,
    headers: String,
}

impl Server {
    fn start() -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?).arg("serve").stdout(Stdio::piped()).spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("a server has an output")?).lines();
        let mut line = || lines.next().ok_or("the server says nothing")?.map_err(Box::<dyn Error>::from);
        let (address, cookie) = (line()?, line()?);
        let mut headers = format!("Cookie: {cookie}\r\n");
        for kind in &KINDS {
            headers.push_str(&format!("X-Token-{}: {}\r\n", kind.path.trim_start_matches('/'), line()?));
        }
        Ok(Self { child, address, headers })
    }

    /// CPU time of one request, and its status.
    fn cost(&mut self, path: &str, kind: &Kind, body: &[u8]) -> Result<(f64, String)> {
        let own = format!("X-Token-{}: ", kind.path.trim_start_matches('/'));
        let headers = self.headers.replace(&own, &format!("{CSRF_HEADER}: "));
        let content_type = kind.content_type;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: app.example\r\nOrigin: https://app.example\r\nContent-Type: {content_type}\r\n\
             Transfer-Encoding: chunked\r\nConnection: close\r\n{headers}\r\n"
        );
        let before = cpu(self.child.id())?;
        let mut stream = TcpStream::connect(&self.address)?;
        stream.write_all(head.as_bytes())?;
        stream.write_all(body)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let status = answer.split(' ').nth(1).unwrap_or_default().to_owned();
        Ok((cpu(self.child.id())? - before, status))
    }

    fn memory(&self, key: &str) -> Result<u64> {
        memory(&self.child.id().to_string(), key)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Milliseconds on a processor of all threads of a process.
fn cpu(process: u32) -> Result<f64> {
    let mut nanoseconds = 0.0;
    for thread in std::fs::read_dir(format!("/proc/{process}/task"))? {
        let figures = std::fs::read_to_string(thread?.path().join("schedstat")).unwrap_or_default();
        nanoseconds += figures.split(' ').next().unwrap_or_default().parse::<f64>().unwrap_or_default();
    }
    Ok(nanoseconds / 1e6)
}

/// A figure of `/proc/…/status` in KiB.
fn memory(process: &str, key: &str) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':')).ok_or("no such figure")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

/// A guard, and what a visitor of its pages sends: a cookie and what tokens are bound to.
fn guard() -> Result<(FormGuard, String, Binding)> {
    let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?);
    let visitor = guard.csrf().visitor(&Cookies::from_headers(&HeaderMap::new()))?;
    let binding = visitor.binding();
    let mut set = HeaderMap::new();
    visitor.set_cookie.ok_or("a new visitor has a cookie")?.append_to(&mut set);
    let line = set.get(header::SET_COOKIE).ok_or("a new visitor has a cookie")?.to_str()?;
    Ok((guard, line.split(';').next().unwrap_or_default().to_owned(), binding))
}

fn tokens(guard: &FormGuard, binding: &Binding) -> [String; 2] {
    [File::SPEC.path, Text::SPEC.path].map(|form| guard.csrf().issue(form, binding))
}

fn serve() -> Result<()> {
    let (guard, cookie, binding) = guard()?;
    runtime()?.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("{}\n{cookie}", listener.local_addr()?);
        tokens(&guard, &binding).iter().for_each(|token| println!("{token}"));
        let app = Router::new()
            .route("/bare", post(bare))
            .route("/file", post(file))
            .route("/text", post(text))
            .with_state(App { guard });
        axum::serve(listener, app).await?;
        Ok(())
    })
}

/// Reads the chunks and does nothing with them.
async fn bare(body: Body) -> StatusCode {
    let mut chunks = body.into_data_stream();
    while chunks.next().await.is_some() {}
    StatusCode::NO_CONTENT
}

async fn file(form: std::result::Result<Valid<File>, Rejected<File>>) -> StatusCode {
    form.map_or(StatusCode::BAD_REQUEST, |form| size(form.file.size()))
}

async fn text(form: Submitted<Text>) -> StatusCode {
    form.validate(&NoContext).await.map_or(StatusCode::BAD_REQUEST, |form| size(form.text.len() as u64))
}

fn size(bytes: u64) -> StatusCode {
    if bytes == SIZE as u64 { StatusCode::NO_CONTENT } else { StatusCode::CONFLICT }
}

fn in_process(kind: &Kind, chunk: usize) -> Result<Row> {
    let (guard, cookie, binding) = guard()?;
    let token = if kind.path == "/file" { File::SPEC.path } else { Text::SPEC.path };
    let token = guard.csrf().issue(token, &binding);
    let body = Bytes::from((kind.body)());
    let request = || {
        let chunks = (0..body.len()).step_by(chunk);
        let whole = body.clone();
        let stream = chunks.map(move |at| Ok::<_, std::io::Error>(whole.slice(at..whole.len().min(at + chunk))));
        Request::post(kind.path)
            .header(header::CONTENT_TYPE, kind.content_type)
            .header(header::COOKIE, &cookie)
            .header(CSRF_HEADER, &token)
            .body(Body::from_stream(futures_util::stream::iter(stream)))
    };
    let runtime = runtime()?;
    let own = std::process::id();
    let app = App { guard };
    let is_file = kind.path == "/file";
    let read = |is_bare: bool| -> Result<f64> {
        let before = cpu(own)?;
        for _ in 0..READINGS {
            let request = request()?;
            let status = runtime.block_on(async {
                match (is_bare, is_file) {
                    (true, _) => bare(request.into_body()).await,
                    (false, true) => file(Valid::from_request(request, &app).await).await,
                    (false, false) => match Submitted::from_request(request, &app).await {
                        Ok(form) => text(form).await,
                    },
                }
            });
            if status != StatusCode::NO_CONTENT {
                return Err(format!("answered {status}").into());
            }
        }
        Ok((cpu(own)? - before) / READINGS as f64)
    };
    let bare = read(true)?;
    let start = memory("self", "VmRSS")?;
    std::fs::write("/proc/self/clear_refs", "5")?;
    let ours = read(false)?;
    Ok(Row { bare, ours, memory: memory("self", "VmHWM")?.saturating_sub(start) })
}
