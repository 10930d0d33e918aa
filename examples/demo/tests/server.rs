//! Clients that are slow, and a demo that is told to stop, over real connections.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

mod common;

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use common::Site;
use demo::server::{Patience, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::oneshot;

const PATIENCE: Patience = Patience {
    head: Duration::from_millis(300),
    request: Duration::from_millis(600),
    answer: Duration::from_millis(400),
    rest: Duration::from_secs(2),
    connection: Duration::from_secs(60),
    farewell: Duration::from_secs(5),
};

/// The demo on a real port, and what stops it.
async fn serve() -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
    serve_site(Site::open().await, PATIENCE).await
}

async fn serve_site(site: Site, patience: Patience) -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let server = Server::new(site.router, &site.app).patience(patience);
    let stopped = async {
        let _ = stopped.await;
    };
    (address, stop, tokio::spawn(server.run(listener, stopped)))
}

/// Everything that comes until the server closes the connection.
async fn until_closed(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    match tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut answer)).await {
        Ok(Err(error)) => assert_eq!(error.kind(), ErrorKind::ConnectionReset),
        Ok(Ok(_)) => {}
        Err(_) => panic!("the connection was not closed"),
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// Sends one byte again and again, until the server has had enough.
async fn drip(stream: &mut TcpStream) {
    for _ in 0..200 {
        if stream.write_all(b"a").await.is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        if let Ok(0) | Err(_) = stream.try_read(&mut [0; 1]).or_else(|error| match error.kind() {
            ErrorKind::WouldBlock => Ok(1),
            _ => Err(error),
        }) {
            return;
        }
    }
    panic!("the server listens to every byte");
}

#[tokio::test]
async fn a_request_in_one_piece_is_answered() {
    let (address, _stop, _server) = serve().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.unwrap();
    let answer = until_closed(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("ok"), "{answer}");
}

#[tokio::test]
async fn a_head_that_comes_byte_by_byte_is_cut_off() {
    let (address, _stop, _server) = serve().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let begun = Instant::now();
    stream.write_all(b"GET / HTTP/1.1\r\nX-Slow: ").await.unwrap();
    drip(&mut stream).await;
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_connection_that_says_nothing_is_cut_off() {
    let (address, _stop, _server) = serve().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    until_closed(&mut stream).await;
}

#[tokio::test]
async fn a_body_that_comes_byte_by_byte_is_cut_off_with_408() {
    let (address, _stop, _server) = serve().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /login HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: 5000\r\n\r\nusername=a"
    );
    let begun = Instant::now();
    stream.write_all(head.as_bytes()).await.unwrap();
    let answer = until_closed(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("\r\nx-content-type-options: nosniff\r\n") && answer.contains("<nav"), "{answer}");
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

/// The server library answers these by itself, before any layer sees them.
#[tokio::test]
async fn what_is_no_request_is_answered_with_the_headers_too() {
    let (address, _stop, _server) = serve().await;
    let long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: {}\r\n\r\n", "a".repeat(300_000));
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost a\r\n\r\n", "400"),
        ("G@T / HTTP/9\r\n\r\n", "400"),
        (&long, "431"),
        ("GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "404"),
    ] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let _ = stream.write_all(request.as_bytes()).await;
        let answer = until_closed(&mut stream).await.to_lowercase();
        assert!(answer.starts_with(&format!("http/1.1 {status} ")), "{answer}");
        for line in ["x-content-type-options: nosniff", "x-frame-options: deny", "content-security-policy: "] {
            assert_eq!(answer.matches(line).count(), 1, "{status}: {line}: {answer}");
        }
    }
}

/// RFC 9112, section 3.2.
#[tokio::test]
async fn a_request_names_one_host_that_is_ours() {
    let (address, _stop, _server) = serve().await;
    for (head, status) in [
        ("GET /healthz HTTP/1.1\r\n", "400"),
        ("GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n", "400"),
        ("GET /healthz HTTP/1.1\r\nHost: localhost\r\n", "200"),
        ("GET /healthz HTTP/1.0\r\nHost: localhost\r\n", "200"),
        // A page of another site that was led here by its name's address (DNS rebinding).
        ("GET /healthz HTTP/1.1\r\nHost: evil.example\r\n", "421"),
    ] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes()).await.unwrap();
        let answer = until_closed(&mut stream).await;
        assert_eq!(answer.split(' ').nth(1), Some(status), "{head}: {answer}");
        assert!(answer.contains("x-content-type-options: nosniff"), "{answer}");
    }
}

/// A browser that is still sending sees the page, and no "connection was reset": it reads only when it has sent everything.
#[tokio::test]
async fn a_body_that_is_far_too_large_is_answered_and_not_reset() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("ada", false).await;
    let cookies = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let token = browser.get("/upload").await.token();
    // Megabytes take their time on a busy machine, and time is not what this is about.
    let patience = Patience { request: Duration::from_secs(60), rest: Duration::from_secs(60), ..PATIENCE };
    let (address, _stop, _server) = serve_site(site, patience).await;
    // The last is refused before any of it is read: nobody is signed in.
    for (megabytes, cookies, status) in [(10, cookies.as_str(), "413"), (30, cookies.as_str(), "413"), (30, "", "303")]
    {
        let part = |head: &str| format!("--X\r\nContent-Disposition: form-data; {head}\r\n\r\n");
        let mut body = format!("{}{token}\r\n", part("name=\"csrf_token\"")).into_bytes();
        body.extend(part("name=\"file\"; filename=\"a.txt\"").into_bytes());
        body.resize(body.len() + (megabytes << 20), b'a');
        body.extend(b"\r\n--X--\r\n");
        let head = format!(
            "POST /upload HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nOrigin: http://127.0.0.1:8080\r\nSec-Fetch-Site: same-origin\r\n\
             Cookie: {cookies}\r\nContent-Type: multipart/form-data; boundary=X\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&body).await.unwrap_or_else(|error| panic!("{megabytes} MB: {error}"));
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap_or_else(|error| panic!("{megabytes} MB: {error}"));
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
        for words in ["href=\"#upload-file\"", "2 MiB", "PNG"] {
            assert!(answer.contains(words) || status == "303", "{words}: {answer}");
        }
    }
}

#[tokio::test]
async fn one_address_cannot_hold_all_connections() {
    let (address, _stop, _server) = serve().await;
    let mut held = Vec::new();
    for _ in 0..32 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n").await.unwrap();
        held.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    let ask = async |from: &str| {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(format!("{from}:0").parse().unwrap()).unwrap();
        let mut stream = socket.connect(address).await.unwrap();
        let _ = stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await;
        until_closed(&mut stream).await
    };
    assert_eq!(ask("127.0.0.1").await, "", "one more");
    assert!(ask("127.0.0.2").await.starts_with("HTTP/1.1 200"), "somebody else");
    drop(held);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(ask("127.0.0.1").await.starts_with("HTTP/1.1 200"), "when there is room again");
}

/// Asks for more than the system buffers and reads nothing of it: the answer waits in the demo's memory.
#[tokio::test]
async fn an_answer_that_nobody_reads_is_given_up() {
    let site = Site::open().await;
    let mut browser = site.browser();
    browser.sign_in("ada", false).await;
    let large = "a large file\n".repeat(150_000);
    assert_eq!(browser.upload("large.txt", large.as_bytes(), "Large").await.location(), "/");
    let (address, stop, server) = serve_site(site, PATIENCE).await;

    let ask = "GET /files/2 HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(8);
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut silent = socket.connect(address).await.unwrap();
    silent.write_all(ask.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    // Only what the system holds comes, and then the end: the rest was dropped.
    let answer = until_closed(&mut silent).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.len() < 8 * large.len(), "{}", answer.len());

    // The twin: who reads, at whatever moment, gets all of it.
    let mut patient = TcpStream::connect(address).await.unwrap();
    patient.write_all(ask.replace("localhost\r\n", "localhost\r\nConnection: close\r\n").as_bytes()).await.unwrap();
    assert!(until_closed(&mut patient).await.len() > large.len());
    stop.send(()).unwrap();
    let begun = Instant::now();
    server.await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(1), "no connection was left behind: {:?}", begun.elapsed());
}

#[tokio::test]
async fn a_request_under_way_is_answered_when_the_demo_is_told_to_stop() {
    let (address, stop, server) = serve().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = "POST /csp-report HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/csp-report\r\nContent-Length: 17\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    stream.write_all(b"{\"csp-report\":{}}").await.unwrap();
    assert!(until_closed(&mut stream).await.starts_with("HTTP/1.1 204"));
    server.await.unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "nobody new is let in");
}
