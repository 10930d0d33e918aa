//! Multipart bodies through the extractor: a file comes out byte for byte, however the network cuts it, and no body makes the
//! server fail.

use std::convert::Infallible;
use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use http::{HeaderMap, HeaderValue, header};
use secure_forms::{CSRF_HEADER, Cookies, FileName, Form, FormGuard, KeyRing, OwnOrigins, Rejected, Upload, Valid};

use super::Property;

pub(super) const PROPERTY: Property = Property {
    name: "multipart",
    seeds: &[
        "\u{1}--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhello\r\n--XX\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nx\r\n--XX--\r\n",
        "\u{7}--XX\r\nContent-Disposition: form-data; name=caption\r\n\r\n\r\n--XX",
        "A file of text",
    ],
    holds,
};

#[derive(Debug, Form)]
struct Share {
    #[field(max_size = "4KiB")]
    file: Upload,
    caption: Option<String>,
}

/// The application, with what a script of its own pages sends along.
struct Site {
    guard: FormGuard,
    cookie: String,
    token: String,
    runtime: tokio::runtime::Runtime,
}

static SITE: LazyLock<Option<Site>> = LazyLock::new(|| {
    let guard = FormGuard::new(KeyRing::generate().ok()?, OwnOrigins::parse("https://app.example").ok()?);
    let visitor = guard.csrf().visitor(&Cookies::from_headers(&HeaderMap::new())).ok()?;
    let token = guard.csrf().issue(Share::SPEC.name, &visitor.binding());
    let line = HeaderValue::from(visitor.set_cookie?);
    let cookie = line.to_str().ok()?.split(';').next()?.to_owned();
    let runtime = tokio::runtime::Builder::new_current_thread().build().ok()?;
    Some(Site { guard, cookie, token, runtime })
});

/// The first byte says how the network cuts the rest.
fn holds(input: &[u8]) {
    let Some((cut, rest)) = input.split_first() else { return };
    let chunk = usize::from(*cut).max(1);
    match bind(rest, chunk) {
        None => {}
        Some(Ok(form)) => {
            assert!(form.file.size() <= 4 << 10);
            assert_eq!(FileName::clean(form.file.file_name().as_str()), *form.file.file_name());
        }
        Some(Err(rejected)) => assert!(rejected.status().is_client_error(), "{rejected:?}"),
    }
    let head = "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n";
    let body = [head.as_bytes(), rest, b"\r\n--XX--\r\n"].concat();
    if let Some(Ok(form)) = bind(&body, chunk)
        && !rest.windows(6).any(|window| window == b"\r\n--XX")
    {
        assert_eq!(form.file.read().ok().as_deref(), Some(rest));
        assert_eq!(form.file.content_type(), Some("text/plain"));
    }
}

fn bind(body: &[u8], chunk: usize) -> Option<Result<Valid<Share>, Rejected<Share>>> {
    let site = SITE.as_ref()?;
    let chunks: Vec<_> = body.chunks(chunk).map(|chunk| Ok::<_, Infallible>(chunk.to_vec())).collect();
    let request = Request::post("/share")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=XX")
        .header(header::COOKIE, &site.cookie)
        .header(CSRF_HEADER, &site.token)
        .body(Body::from_stream(futures_util::stream::iter(chunks)))
        .ok()?;
    Some(site.runtime.block_on(Valid::from_request(request, &site.guard)))
}
