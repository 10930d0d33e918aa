//! The headers of responses: both presets byte for byte, the lazy nonce, what a handler may change and what not.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use axum::Router;
use axum::body::Body;
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, Request, StatusCode, header};
use secure_forms::axum::{Personal, SecurityHeadersLayer};
use secure_forms::client_ip::Transport;
use secure_forms::headers::{
    Feature, FrameOptions, HeaderConflict, Hsts, PermissionsPolicy, ReferrerPolicy, ReportEndpoint,
};
use secure_forms::redirect::AllowedOrigins;
use secure_forms::{Csp, Nonce, SecurityHeaders};
use tower::util::ServiceExt;

/// The response of one handler behind one layer.
async fn response(headers: SecurityHeaders, handler: axum::routing::MethodRouter, request: Request<Body>) -> Response {
    let app = Router::new().route("/", handler).layer(SecurityHeadersLayer::new(&headers));
    app.oneshot(request).await.unwrap()
}

fn over_tls(host: &str) -> Request<Body> {
    let mut request = Request::get("/").header("host", host).body(Body::empty()).unwrap();
    request.extensions_mut().insert(Transport::Tls);
    request
}

fn over_http(host: &str) -> Request<Body> {
    Request::get("/").header("host", host).body(Body::empty()).unwrap()
}

async fn plain() -> Response {
    Response::new(Body::from("hello"))
}

async fn with_nonce(nonce: Nonce) -> String {
    nonce.value().unwrap().to_owned()
}

async fn text(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// All headers but the body's length, as sorted lines.
fn lines(headers: &HeaderMap) -> Vec<String> {
    let mut lines: Vec<_> = headers
        .iter()
        .filter(|(name, _)| *name != header::CONTENT_LENGTH)
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    lines.sort();
    lines
}

const GUIDE: [&str; 5] = [
    "referrer-policy: strict-origin-when-cross-origin",
    "strict-transport-security: max-age=31536000; includeSubDomains",
    "x-content-type-options: nosniff",
    "x-frame-options: SAMEORIGIN",
    "x-xss-protection: 1; mode=block",
];

const MODERN: [&str; 10] = [
    "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'",
    "cross-origin-opener-policy: same-origin",
    "cross-origin-resource-policy: same-origin",
    "origin-agent-cluster: ?1",
    "permissions-policy: camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "referrer-policy: strict-origin-when-cross-origin",
    "strict-transport-security: max-age=31536000; includeSubDomains",
    "x-content-type-options: nosniff",
    "x-frame-options: DENY",
    "x-xss-protection: 0",
];

#[tokio::test]
async fn guide_headers() {
    for request in [over_http("localhost"), over_tls("example.org"), over_http("127.0.0.1:8080")] {
        let response = response(SecurityHeaders::guide(), get(plain), request).await;
        assert_eq!(lines(response.headers()), GUIDE);
    }
}

#[tokio::test]
async fn modern_headers() {
    let response = response(SecurityHeaders::default(), get(plain), over_tls("example.org")).await;
    assert_eq!(lines(response.headers()), MODERN);
}

#[tokio::test]
async fn hsts_goes_over_tls_to_real_hosts_only() {
    for (request, sent) in [
        (over_tls("example.org"), true),
        (over_http("example.org"), false),
        (over_tls("localhost"), false),
        (over_tls("app.localhost:8443"), false),
        (over_tls("192.0.2.1"), false),
        (over_tls("[::1]:8443"), false),
        // Its sender wrote this.
        (Request::get("https://example.org/").body(Body::empty()).unwrap(), false),
    ] {
        let host = format!("{request:?}");
        let response = response(SecurityHeaders::modern(), get(plain), request).await;
        assert_eq!(response.headers().contains_key("strict-transport-security"), sent, "{host}");
    }
}

#[tokio::test]
async fn behind_a_tls_proxy_plain_requests_count_as_tls() {
    let headers = SecurityHeaders::modern().behind_tls_proxy();
    let real = response(headers.clone(), get(plain), over_http("example.org")).await;
    assert!(real.headers().contains_key("strict-transport-security"));
    let local = response(headers, get(plain), over_http("localhost")).await;
    assert!(!local.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn the_nonce_stands_in_the_header_and_the_page_is_not_stored() {
    let response = response(SecurityHeaders::modern(), get(with_nonce), over_tls("example.org")).await;
    assert_eq!(response.headers()["cache-control"], "no-store");
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    let nonce = text(response).await;
    assert!(
        policy.contains(&format!("; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' 'nonce-{nonce}'; ")),
        "{policy}"
    );
}

#[tokio::test]
async fn a_page_without_nonce_may_be_stored() {
    let handler = get(async || [(header::CACHE_CONTROL, "public, max-age=60")].into_response());
    let response = response(SecurityHeaders::modern(), handler, over_tls("example.org")).await;
    assert_eq!(response.headers()["cache-control"], "public, max-age=60");
}

#[tokio::test]
async fn a_nonce_that_is_only_an_argument_does_not_exist() {
    let handler = get(async |_nonce: Nonce| "");
    let response = response(SecurityHeaders::modern(), handler, over_tls("example.org")).await;
    assert!(!response.headers()["content-security-policy"].to_str().unwrap().contains("nonce"));
    assert!(!response.headers().contains_key("cache-control"));
}

#[tokio::test]
async fn every_request_has_another_nonce() {
    let app = Router::new().route("/", get(with_nonce)).layer(SecurityHeadersLayer::new(&SecurityHeaders::modern()));
    let one = text(app.clone().oneshot(over_tls("example.org")).await.unwrap()).await;
    let two = text(app.oneshot(over_tls("example.org")).await.unwrap()).await;
    assert_ne!(one, two);
}

#[tokio::test]
async fn a_nonce_asked_for_while_the_body_streams_is_an_error() {
    let handler = get(async |nonce: Nonce| {
        let late = async move { Ok::<_, std::io::Error>(format!("{:?}", nonce.value())) };
        Body::from_stream(futures_once(late)).into_response()
    });
    let response = response(SecurityHeaders::modern(), handler, over_tls("example.org")).await;
    assert_eq!(text(response).await, "Err(HeadersSent)");
}

/// A stream of one item.
fn futures_once<T>(item: impl Future<Output = T> + Send + 'static) -> impl futures_util::Stream<Item = T> + Send {
    futures_util::stream::once(item)
}

#[tokio::test]
async fn a_cacheable_value_gives_way_to_a_nonce_and_is_reported() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static TOLD: AtomicUsize = AtomicUsize::new(0);
    fn tell(conflict: HeaderConflict) {
        assert_eq!(conflict, HeaderConflict::CacheablePersonalPage);
        TOLD.fetch_add(1, Ordering::SeqCst);
    }
    let handler =
        get(async |nonce: Nonce| ([(header::CACHE_CONTROL, "public, max-age=60")], nonce.value().unwrap().to_owned()));
    let response = response(SecurityHeaders::modern().on_conflict(tell), handler, over_tls("example.org")).await;
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(TOLD.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn cookies_survive_and_forbid_storing() {
    let handler = get(async || AppendHeaders([(header::SET_COOKIE, "a=1"), (header::SET_COOKIE, "b=2")]));
    let response = response(SecurityHeaders::modern(), handler, over_tls("example.org")).await;
    let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1", "b=2"]);
    assert_eq!(response.headers()["cache-control"], "no-store");
}

#[tokio::test]
async fn a_handlers_own_no_store_value_is_kept() {
    let handler = get(async || [(header::SET_COOKIE, "a=1"), (header::CACHE_CONTROL, "no-store, private")]);
    let response = response(SecurityHeaders::modern(), handler, over_tls("example.org")).await;
    assert_eq!(response.headers()["cache-control"], "no-store, private");
}

#[tokio::test]
async fn a_personal_page_is_not_stored() {
    let response = response(SecurityHeaders::guide(), get(async |_: Personal| ""), over_tls("example.org")).await;
    assert_eq!(response.headers()["cache-control"], "no-store");
}

#[tokio::test]
async fn a_personal_page_tells_no_cache_anything_else() {
    for name in [
        "cdn-cache-control",
        "cloudflare-cdn-cache-control",
        "netlify-cdn-cache-control",
        "surrogate-control",
        "x-accel-expires",
        "edge-control",
        "expires",
    ] {
        let handler = get(async move |_: Personal| [(name, "max-age=600")]);
        let personal = response(SecurityHeaders::modern(), handler, over_tls("example.org")).await;
        assert_eq!(personal.headers()["cache-control"], "no-store", "{name}");
        assert!(!personal.headers().contains_key(name), "{name}");

        let handler = get(async move || [(name, "max-age=600")]);
        let public = response(SecurityHeaders::modern(), handler, over_tls("example.org")).await;
        assert_eq!(public.headers()[name], "max-age=600");
    }
}

#[tokio::test]
async fn no_store_inside_of_quotes_is_no_directive() {
    for (own, sent) in [
        ("public, x=\"a, no-store, b\"", "no-store"),
        ("public, x=\"a, no-store", "no-store"),
        ("x=\"a, b\", no-store", "x=\"a, b\", no-store"),
    ] {
        let handler = get(async move |_: Personal| [(header::CACHE_CONTROL, own)]);
        let response = response(SecurityHeaders::modern(), handler, over_tls("example.org")).await;
        assert_eq!(response.headers()["cache-control"], sent, "{own}");
    }
}

#[tokio::test]
async fn the_handlers_own_header_wins() {
    let handler = get(async || [(header::X_FRAME_OPTIONS, "SAMEORIGIN"), (header::CONTENT_SECURITY_POLICY, "sandbox")]);
    let response = response(SecurityHeaders::modern(), handler, over_tls("example.org")).await;
    assert_eq!(response.headers()["x-frame-options"], "SAMEORIGIN");
    assert_eq!(response.headers().get_all("content-security-policy").iter().collect::<Vec<_>>(), ["sandbox"]);
}

#[tokio::test]
async fn not_modified_carries_no_policy() {
    let response =
        response(SecurityHeaders::modern(), get(async || StatusCode::NOT_MODIFIED), over_tls("example.org")).await;
    assert!(!response.headers().contains_key("content-security-policy"));
    assert_eq!(response.headers()["x-frame-options"], "DENY");
}

#[tokio::test]
async fn errors_and_unknown_paths_carry_the_headers_too() {
    let app = Router::new().route("/", get(plain)).layer(SecurityHeadersLayer::new(&SecurityHeaders::modern()));
    let response = app.oneshot(Request::get("/missing").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn a_route_has_its_own_layer() {
    let inner = SecurityHeadersLayer::new(&SecurityHeaders::modern().frame_options(FrameOptions::SameOrigin));
    let handler = get(with_nonce).layer(inner);
    let response = response(SecurityHeaders::modern(), handler, over_tls("example.org")).await;
    assert_eq!(response.headers()["x-frame-options"], "SAMEORIGIN");
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains(&format!("'nonce-{}'", text(response).await)), "{policy}");
}

#[tokio::test]
async fn a_nonce_without_the_layer_is_a_server_error() {
    let app = Router::new().route("/", get(with_nonce));
    let response = app.oneshot(over_tls("example.org")).await.unwrap();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
}

#[test]
fn overrides_change_one_header_each() {
    let modern = SecurityHeaders::modern;
    let sent = |headers: SecurityHeaders, name: &str| {
        headers.preview("example.org").get(name).map(|v| v.to_str().unwrap().to_owned())
    };
    assert_eq!(
        sent(modern().hsts_preload(), "strict-transport-security").as_deref(),
        Some("max-age=31536000; includeSubDomains; preload")
    );
    assert_eq!(
        sent(modern().hsts(Hsts::new(std::time::Duration::from_secs(60))), "strict-transport-security").as_deref(),
        Some("max-age=60")
    );
    assert_eq!(sent(modern().without_hsts(), "strict-transport-security"), None);
    assert_eq!(sent(modern().isolated(), "cross-origin-embedder-policy").as_deref(), Some("require-corp"));
    assert_eq!(sent(modern().isolated(), "cross-origin-opener-policy").as_deref(), Some("same-origin"));
    assert_eq!(
        sent(modern().referrer_policy(ReferrerPolicy::SameOrigin), "referrer-policy").as_deref(),
        Some("same-origin")
    );
    assert_eq!(
        sent(
            modern().permissions_policy(&PermissionsPolicy::default().allow_self(Feature::Camera)),
            "permissions-policy"
        )
        .as_deref(),
        Some("camera=(self), microphone=(), geolocation=(), payment=(), usb=()")
    );
    assert_eq!(sent(modern().dangerously_without_csp("a test"), "content-security-policy"), None);
}

#[test]
fn allowed_origins_join_form_action() {
    let origins = AllowedOrigins::new(["https://pay.example.org"]).unwrap();
    let sent = SecurityHeaders::modern().form_action(&origins).preview("example.org");
    let policy = sent["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("; form-action 'self' https://pay.example.org; "), "{policy}");
}

#[test]
fn trusted_types_policies_are_named() {
    let sent = SecurityHeaders::modern().trusted_types(["app", "bad name; script-src *"]).preview("example.org");
    assert!(
        sent["content-security-policy"]
            .to_str()
            .unwrap()
            .ends_with("; require-trusted-types-for 'script'; trusted-types app")
    );
}

#[test]
fn reports_have_their_endpoint() {
    let watch = Csp::builder()
        .directive("default-src", ["'none'"])
        .allow("missing_base_uri")
        .allow("missing_form_action")
        .allow("missing_frame_ancestors")
        .build()
        .unwrap();
    let endpoint = ReportEndpoint::new("csp", "/csp-report").unwrap();
    let sent = SecurityHeaders::modern().report_only(watch).report_to(endpoint).preview("example.org");
    assert_eq!(sent["reporting-endpoints"], "csp=\"/csp-report\"");
    assert!(sent["content-security-policy"].to_str().unwrap().ends_with("; report-to csp; report-uri /csp-report"));
    assert_eq!(
        sent["content-security-policy-report-only"],
        "default-src 'none'; report-to csp; report-uri /csp-report"
    );
}

/// Chromium 148 sends nothing from a page of plain HTTP whose policy has `report-to`, on loopback neither; `report-uri` alone it honours.
#[tokio::test]
async fn over_plain_http_only_the_older_kind_of_report_is_asked_for() {
    let endpoint = ReportEndpoint::new("csp", "/csp-report").unwrap();
    let reporting = SecurityHeaders::modern().report_to(endpoint);
    let policy = |answer: &Response| answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    for (request, handler) in [(over_http("localhost"), get(plain)), (over_http("localhost"), get(with_nonce))] {
        let answer = response(reporting.clone(), handler, request).await;
        assert!(policy(&answer).ends_with("; report-uri /csp-report"), "{}", policy(&answer));
        assert!(!policy(&answer).contains("report-to") && !answer.headers().contains_key("reporting-endpoints"));
    }
    for handler in [get(plain), get(with_nonce)] {
        let answer = response(reporting.clone(), handler, over_tls("example.org")).await;
        assert!(policy(&answer).ends_with("; report-to csp; report-uri /csp-report"), "{}", policy(&answer));
        assert_eq!(answer.headers()["reporting-endpoints"], "csp=\"/csp-report\"");
    }
    let behind_proxy = response(reporting.behind_tls_proxy(), get(plain), over_http("example.org")).await;
    assert!(policy(&behind_proxy).contains("report-to csp"));
}

#[tokio::test]
async fn no_referrer_is_reported() {
    use std::sync::atomic::{AtomicBool, Ordering};
    static TOLD: AtomicBool = AtomicBool::new(false);
    fn tell(conflict: HeaderConflict) {
        assert_eq!(conflict, HeaderConflict::NoReferrer);
        TOLD.store(true, Ordering::SeqCst);
    }
    let _layer = SecurityHeadersLayer::new(&SecurityHeaders::modern().on_conflict(tell));
    assert!(!TOLD.load(Ordering::SeqCst));
    let no_referrer = SecurityHeaders::modern().referrer_policy(ReferrerPolicy::NoReferrer);
    let _layer = SecurityHeadersLayer::new(&no_referrer.on_conflict(tell));
    assert!(TOLD.load(Ordering::SeqCst));
}
