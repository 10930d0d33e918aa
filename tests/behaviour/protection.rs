//! The layers as one: their order, plain HTTP, hosts of others, panics; and that every answer carries the headers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use http::{HeaderName, Method, StatusCode, header};
use secure_forms::axum::{ConnectionLayer, OwnOriginLayer, ProtectionLayer};
use secure_forms::client_ip::{ClientIp, ClientIpPolicy, Transport};
use secure_forms::csrf::OwnOrigins;
use secure_forms::headers::BareAnswers;
use secure_forms::{FormGuard, KeyRing, SecurityHeaders};
use tower::ServiceExt;

const PROXY: &str = "10.0.0.1";
const STRANGER: &str = "198.51.100.66";

/// Where this server keeps the address of the connection.
#[derive(Clone, Copy)]
struct Peer(IpAddr);

fn guard() -> FormGuard {
    FormGuard::new(KeyRing::generate().unwrap(), OwnOrigins::parse("https://app.example").unwrap())
}

/// A site whose TLS ends at the proxies of 10.0.0.0/8.
fn protection() -> ProtectionLayer {
    let policy = ClientIpPolicy::Proxies {
        trusted: "10.0.0.0/8".parse().unwrap(),
        header: HeaderName::from_static("x-forwarded-for"),
    };
    let connection = ConnectionLayer::new(policy, |extensions| extensions.get().map(|Peer(peer)| *peer));
    ProtectionLayer::new(&guard(), &SecurityHeaders::modern()).connection(connection)
}

async fn count(Extension(done): Extension<Arc<AtomicUsize>>) -> &'static str {
    done.fetch_add(1, Ordering::SeqCst);
    "done"
}

/// A time limit of the application's own.
async fn at_most_a_moment(request: Request, next: Next) -> Response {
    match tokio::time::timeout(Duration::from_millis(20), next.run(request)).await {
        Ok(response) => response,
        Err(_) => (StatusCode::REQUEST_TIMEOUT, "The request took too long.").into_response(),
    }
}

async fn fails() -> &'static str {
    panic!("the secret of the handler")
}

/// Panics before it has made a future.
fn fails_at_once(request: Request) -> std::future::Ready<Result<Response, std::convert::Infallible>> {
    match request.uri().path() {
        "/fails-at-once" => panic!("the secret of the service"),
        _ => std::future::ready(Ok(Response::default())),
    }
}

fn site(protection: ProtectionLayer) -> (Router, Arc<AtomicUsize>) {
    let done = Arc::new(AtomicUsize::new(0));
    let router = Router::new()
        .route("/", get(count))
        .route("/login", post(count))
        .route("/fails", get(fails))
        .route_service("/fails-at-once", tower::service_fn(fails_at_once))
        .route("/slow", get(async || tokio::time::sleep(Duration::from_secs(600)).await))
        .route("/who", get(async |client: ClientIp| client.rate_key().to_string()))
        .layer(from_fn(at_most_a_moment))
        .layer(Extension(Arc::clone(&done)))
        .layer(protection);
    (router, done)
}

/// A request that `peer` hands on, with `X-Forwarded-Proto` as said.
fn from(peer: &str, method: Method, path: &str, proto: Option<&str>) -> Request {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, "app.example");
    if let Some(proto) = proto {
        request = request.header("x-forwarded-proto", proto);
    }
    request.extension(Peer(peer.parse().unwrap())).body(Body::empty()).unwrap()
}

fn over_tls(method: Method, path: &str) -> Request {
    from(PROXY, method, path, Some("https"))
}

async fn answer(request: Request) -> Response {
    site(protection()).0.oneshot(request).await.unwrap()
}

async fn text(response: Response) -> String {
    String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap()
}

/// The guide's row "HTTPS always".
#[tokio::test]
async fn guide_https() {
    // Over HTTPS the site answers, and tells browsers to come back over HTTPS only.
    let page = answer(over_tls(Method::GET, "/")).await;
    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(page.headers()["strict-transport-security"], "max-age=31536000; includeSubDomains");

    // Over HTTP it sends everybody to the same page over HTTPS, for good.
    for method in [Method::GET, Method::HEAD] {
        let moved = answer(from(PROXY, method, "/a%20b?c=d", Some("http"))).await;
        assert_eq!(
            (moved.status(), &moved.headers()["location"]),
            (StatusCode::MOVED_PERMANENTLY, &"https://app.example/a%20b?c=d".parse().unwrap())
        );
        // Browsers pass over it there (RFC 6797, 8.1), and it must not be sent (7.2).
        assert!(!moved.headers().contains_key("strict-transport-security"));
    }

    // What was already sent in the clear is not handed on, and the person is told.
    let (site, done) = site(protection());
    let refused = site.oneshot(from(PROXY, Method::POST, "/login", Some("http"))).await.unwrap();
    assert_eq!((refused.status(), refused.headers().get("location")), (StatusCode::FORBIDDEN, None));
    assert!(text(refused).await.contains("must count as read by others"));
    assert_eq!(done.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_sender_does_not_decide_what_counts_as_https() {
    for request in [
        from(STRANGER, Method::POST, "/login", Some("https")),
        from(STRANGER, Method::POST, "https://app.example/login", None),
        from(PROXY, Method::POST, "https://app.example/login", None),
        from(PROXY, Method::POST, "/login", Some("https, http")),
    ] {
        let refused = answer(request).await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        assert!(text(refused).await.contains("must count as read by others"));
    }
    let mut ended_here = from(STRANGER, Method::POST, "/login", None);
    ended_here.extensions_mut().insert(Transport::Tls);
    assert_eq!(answer(ended_here).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn every_answer_of_every_layer_carries_the_headers() {
    let with_host = |host: &str| {
        let mut request = over_tls(Method::GET, "/");
        request.headers_mut().insert(header::HOST, host.parse().unwrap());
        request
    };
    let mut without_host = over_tls(Method::GET, "/");
    without_host.headers_mut().remove(header::HOST);
    let mut two_hosts = over_tls(Method::GET, "/");
    two_hosts.headers_mut().append(header::HOST, "app.example".parse().unwrap());
    let mut from_elsewhere = over_tls(Method::POST, "/login");
    from_elsewhere.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());

    for (request, status) in [
        (over_tls(Method::GET, "/"), 200),
        (from(PROXY, Method::GET, "/", None), 301),
        (from(PROXY, Method::OPTIONS, "/", None), 308),
        (without_host, 400),
        (two_hosts, 400),
        (from(PROXY, Method::POST, "/login", None), 403),
        (from_elsewhere, 403),
        (over_tls(Method::GET, "/nowhere"), 404),
        (over_tls(Method::DELETE, "/"), 405),
        (over_tls(Method::GET, "/slow"), 408),
        (with_host("rebound.example"), 421),
        (over_tls(Method::GET, "/fails"), 500),
        (over_tls(Method::GET, "/fails-at-once"), 500),
    ] {
        let answer = answer(request).await;
        assert_eq!(answer.status().as_u16(), status);
        for name in ["content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy"] {
            assert!(answer.headers().contains_key(name), "{status} without {name}");
        }
    }
}

#[tokio::test]
async fn what_a_panic_says_stays_here() {
    for path in ["/fails", "/fails-at-once"] {
        let said = text(answer(over_tls(Method::GET, path)).await).await;
        assert!(!said.contains("secret") && said.contains("Something went wrong"), "{said}");
    }
}

#[tokio::test]
async fn a_host_of_others_reaches_no_handler() {
    let (site, done) = site(protection());
    for host in ["rebound.example", "127.0.0.1", "app.example.rebound.example"] {
        let mut request = over_tls(Method::GET, "/");
        request.headers_mut().insert(header::HOST, host.parse().unwrap());
        let answer = site.clone().oneshot(request).await.unwrap();
        assert_eq!((answer.status(), done.load(Ordering::SeqCst)), (StatusCode::MISDIRECTED_REQUEST, 0), "{host}");
    }
    site.oneshot(over_tls(Method::GET, "/")).await.unwrap();
    assert_eq!(done.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_handler_learns_the_client_that_the_policy_vouches_for() {
    let asked = async |peer: &str| {
        let mut request = from(peer, Method::GET, "/who", Some("https"));
        request.headers_mut().insert("x-forwarded-for", "127.0.0.1, 203.0.113.9".parse().unwrap());
        request.extensions_mut().insert(Transport::Tls);
        text(answer(request).await).await
    };
    assert_eq!(asked(PROXY).await, "203.0.113.9/32");
    assert_eq!(asked(STRANGER).await, "198.51.100.66/32");
}

#[tokio::test]
async fn a_client_is_not_made_up_where_no_peer_is_known() {
    let (site, _) = site(ProtectionLayer::new(&guard(), &SecurityHeaders::modern()));
    let mut request = over_tls(Method::GET, "/who");
    request.headers_mut().insert("x-forwarded-for", "127.0.0.1".parse().unwrap());
    request.extensions_mut().insert(Transport::Tls);
    assert_eq!(site.oneshot(request).await.unwrap().status(), StatusCode::INTERNAL_SERVER_ERROR);
}

/// What a real server answers to these bytes before any layer is asked.
async fn answered_by_the_server(request: &[u8]) -> Vec<u8> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move { axum::serve(listener, site(protection()).0).await });
    let mut connection = tokio::net::TcpStream::connect(address).await.unwrap();
    connection.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await.unwrap();
    server.abort();
    answer
}

#[tokio::test]
async fn what_the_server_answers_by_itself_can_be_completed() {
    let bare = BareAnswers::new(&SecurityHeaders::modern(), Transport::Plain);
    let too_long = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "x".repeat(1 << 20));
    for (request, status) in [("no request\r\n\r\n", "400"), (&*too_long, "431")] {
        let answer = answered_by_the_server(request.as_bytes()).await;
        let head = String::from_utf8_lossy(&answer).into_owned();
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")) && !head.contains("x-content-type-options"), "{head}");
        let whole = String::from_utf8(bare.complete(&answer).expect(status)).unwrap();
        assert!(whole.contains("\r\nx-content-type-options: nosniff\r\n") && whole.ends_with("\r\n\r\n"), "{whole}");
    }
    // What went through the layers is not touched.
    let answer = answered_by_the_server(b"GET / HTTP/1.1\r\nhost: other.example\r\nconnection: close\r\n\r\n").await;
    assert!(answer.starts_with(b"HTTP/1.1 421 "));
    assert_eq!(bare.complete(&answer), None);
}

#[tokio::test]
async fn exceptions_have_names() {
    let own = || OwnOriginLayer::new(OwnOrigins::parse("https://app.example").unwrap());
    let status = async |protection: ProtectionLayer, host: &str| {
        let mut request = from(STRANGER, Method::GET, "/", None);
        request.headers_mut().insert(header::HOST, host.parse().unwrap());
        site(protection).0.oneshot(request).await.unwrap().status().as_u16()
    };
    assert_eq!(status(protection().own_origin(own().dangerously_any_host("a test")), "any.example").await, 200);
    assert_eq!(status(protection().own_origin(own().dangerously_any_host("a test")), "app.example").await, 301);
    assert_eq!(status(protection().own_origin(own().dangerously_over_plain_http("a test")), "app.example").await, 200);
    assert_eq!(status(protection().own_origin(own().dangerously_over_plain_http("a test")), "any.example").await, 421);
    // All requests come over TLS, says the application.
    let headers = SecurityHeaders::modern().behind_tls_proxy();
    assert_eq!(status(ProtectionLayer::new(&guard(), &headers), "app.example").await, 200);
    assert_eq!(status(ProtectionLayer::new(&guard(), &headers), "any.example").await, 421);
}
