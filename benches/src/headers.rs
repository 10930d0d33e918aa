//! Ten headers on the response of a handler that has two of its own, through a tower stack that is polled once. The
//! handler alone is subtracted from each side.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use axum_helmet::{Helmet, HelmetLayer};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, header};
use secure_forms::SecurityHeaders;
use secure_forms::axum::SecurityHeadersLayer;
use tower::{Layer, Service, service_fn};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::count::Case;
use crate::table::{Row, Target};

const OURS: &str = "headers, ten: SecurityHeaders";
const HELMET: &str = "headers, ten: axum-helmet";
const TOWER_HTTP: &str = "headers, ten: tower-http, ten layers";
const HANDLER: &str = "headers, none: the handler alone";
const OURS_ROUTED: &str = "headers, ten, behind a router: SecurityHeaders";
const HELMET_ROUTED: &str = "headers, ten, behind a router: axum-helmet";
const HANDLER_ROUTED: &str = "headers, none, behind a router: the handler alone";

const WHY: &str = "Each request gets a cell that its extractors reach: for a nonce, a cookie, the mark of a personal page. It is \
                   a shared block and an entry in the request's extensions, here the first (`Extensions::get_or_insert_with`, \
                   `RawTable::drop`), and it is made before anybody asks, because an extractor reaches the layer through nothing but the \
                   request, and what a thread keeps is lost where a layer between moves the request to another task; the router of axum has put some there before, so the last row counts a request that has \
                   one. HSTS is decided from the host (`may_name`), a header of the handler's own stays, and a \
                   response that sets a cookie is looked for. axum-helmet does none of this: it sends the same ten with every \
                   response and overwrites. What is left is `ReadyHeaders::apply`: a copy of a ready map, which `http` makes \
                   entry by entry and without room, so that the handler's first header makes it grow.";

type Body = ();

async fn handler(_: Request<Body>) -> Result<Response<Body>, Infallible> {
    let mut response = Response::new(());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("1234"));
    Ok(response)
}

fn request() -> Request<Body> {
    Request::get("https://shop.example/").body(()).expect("a request")
}

/// What the router of axum leaves on a request before its layers see it.
#[derive(Clone)]
struct MatchedPath;

fn routed_request() -> Request<Body> {
    let mut request = request();
    request.extensions_mut().insert(MatchedPath);
    request
}

/// The ten that `SecurityHeaders::modern` sends.
fn ten() -> Vec<(HeaderName, HeaderValue)> {
    let headers = SecurityHeaders::modern().preview("shop.example");
    assert_eq!(headers.len(), 10);
    headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn send<S>(service: &mut S, request: Request<Body>) -> Response<Body>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
{
    let mut context = Context::from_waker(Waker::noop());
    match pin!(service.call(request)).poll(&mut context) {
        Poll::Ready(Ok(response)) => response,
        Poll::Pending => unreachable!("the handler waits for nothing"),
    }
}

fn case<S>(name: &'static str, request: fn() -> Request<Body>, service: S) -> Case
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible> + 'static,
{
    let service = Mutex::new(service);
    Case::new(name, move || service.lock().map(|mut service| send(&mut *service, request())).ok())
}

/// As if every request came over TLS, so that all ten are sent.
fn ours() -> SecurityHeadersLayer {
    SecurityHeadersLayer::new(&SecurityHeaders::modern().behind_tls_proxy())
}

fn helmet() -> HelmetLayer {
    let leaked = |name: HeaderName| &*name.to_string().leak();
    let add = |helmet: Helmet, (name, value): (HeaderName, HeaderValue)| {
        helmet.add((leaked(name), value.to_str().unwrap_or_default().to_owned()))
    };
    ten().into_iter().fold(Helmet::new(), add).into_layer().expect("ten good headers")
}

/// `$layer` around the service of the headers before.
macro_rules! stack {
    ($service:expr, $($at:literal),*) => {{
        let headers = ten();
        let service = $service;
        $(let service = {
            let (name, value) = headers[$at].clone();
            SetResponseHeaderLayer::if_not_present(name, value).layer(service)
        };)*
        service
    }};
}

pub(crate) fn cases(cases: &mut Vec<Case>) {
    for (handler_alone, ours, theirs, request) in [
        (HANDLER, OURS, HELMET, request as fn() -> Request<Body>),
        (HANDLER_ROUTED, OURS_ROUTED, HELMET_ROUTED, routed_request),
    ] {
        cases.push(case(handler_alone, request, service_fn(handler)));
        cases.push(case(ours, request, self::ours().layer(service_fn(handler))));
        cases.push(case(theirs, request, helmet().layer(service_fn(handler))));
    }
    cases.push(case(TOWER_HTTP, request, stack!(service_fn(handler), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)));
}

pub(crate) fn rows() -> Vec<Row> {
    vec![
        Row::warm(OURS, HELMET, Target::AtMost(0.50)).less(HANDLER).explained(WHY),
        Row::warm(OURS, TOWER_HTTP, Target::None).less(HANDLER),
        Row::warm(OURS_ROUTED, HELMET_ROUTED, Target::None).less(HANDLER_ROUTED),
    ]
}

/// All three send the same twelve.
pub(crate) fn assert_agreement() {
    let sorted = |headers: &HeaderMap| {
        let mut lines: Vec<_> = headers.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
        lines.sort_by(|a, b| a.0.cmp(&b.0));
        lines
    };
    let ours = send(&mut ours().layer(service_fn(handler)), request());
    let helmet = send(&mut helmet().layer(service_fn(handler)), request());
    let tower_http = send(&mut stack!(service_fn(handler), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), request());
    assert_eq!(sorted(ours.headers()).len(), 12);
    assert_eq!(sorted(ours.headers()), sorted(helmet.headers()));
    assert_eq!(sorted(ours.headers()), sorted(tower_http.headers()));
}
