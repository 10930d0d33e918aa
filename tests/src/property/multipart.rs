//! Multipart bodies through the extractor: a file comes out byte for byte, however the network cuts it, no body makes the
//! server fail, and what comes of a body does not depend on how it was cut.

use std::convert::Infallible;
use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use http::{HeaderMap, HeaderValue, header};
use secure_forms::cookie::Cookies;
use secure_forms::csrf::{Binding, CSRF_HEADER, OwnOrigins};
use secure_forms::form::{Bind, NoAsyncChecks, NoContext};
use secure_forms::upload::FileName;
use secure_forms::{Form, FormGuard, KeyRing, Rejected, Upload, Valid};

use super::Property;

pub(super) const PROPERTY: Property = Property {
    name: "multipart",
    seeds: &[
        "\u{1}--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhello\r\n--XX\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nx\r\n--XX--\r\n",
        "\u{7}--XX\r\nContent-Disposition: form-data; name=caption\r\n\r\n\r\n--XX",
        "\u{3}--XX\r\nContent-Disposition: form-data; filename*=utf-8''%C3%A9.txt; name=\"file\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--XX--",
        "\u{2}--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"=?utf-8?Q?=C3=A9.txt?=\"\r\n\r\nhello\r\n--XX \r\nA: b\r\n\r\n\r\n--XX--",
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
    binding: Binding,
    runtime: tokio::runtime::Runtime,
}

static SITE: LazyLock<Option<Site>> = LazyLock::new(|| {
    let guard = FormGuard::new(KeyRing::generate().ok()?, OwnOrigins::parse("https://app.example").ok()?);
    let visitor = guard.csrf().visitor(&Cookies::from_headers(&HeaderMap::new())).ok()?;
    let binding = visitor.binding();
    let line = HeaderValue::from(visitor.set_cookie?);
    let cookie = line.to_str().ok()?.split(';').next()?.to_owned();
    let runtime = tokio::runtime::Builder::new_current_thread().build().ok()?;
    Some(Site { guard, cookie, binding, runtime })
});

/// The first byte says how the network cuts the rest.
fn holds(input: &[u8]) {
    let Some((cut, rest)) = input.split_first() else { return };
    let chunk = usize::from(*cut).max(1);
    let answer = bind(rest, chunk);
    assert_eq!(told(answer.as_ref()), told(bind(rest, rest.len().max(1)).as_ref()), "cut into chunks of {chunk}");
    match answer {
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
        let is_text = std::str::from_utf8(rest).is_ok() && !rest.contains(&0);
        assert_eq!(form.file.content_type(), is_text.then_some("text/plain"));
    }
}

/// What came of a body, without what differs from one reading to the next.
fn told(answer: Option<&Result<Valid<Share>, Rejected<Share>>>) -> String {
    match answer {
        None => String::new(),
        Some(Ok(form)) => {
            let file = (form.file.file_name(), form.file.size(), form.file.content_type(), form.file.sha256().ok());
            format!("{file:?} {:?}", form.caption)
        }
        Some(Err(rejected)) => format!("{:?}", rejected.report()),
    }
}

fn bind(body: &[u8], chunk: usize) -> Option<Result<Valid<Share>, Rejected<Share>>> {
    submit(body, chunk)
}

fn submit<T>(body: &[u8], chunk: usize) -> Option<Result<Valid<T>, Rejected<T>>>
where
    T: NoAsyncChecks + for<'a> Bind<'a, Context = NoContext> + 'static,
{
    let site = SITE.as_ref()?;
    let chunks: Vec<_> = body.chunks(chunk).map(|chunk| Ok::<_, Infallible>(chunk.to_vec())).collect();
    let request = Request::post("/share")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=XX")
        .header(header::COOKIE, &site.cookie)
        .header(CSRF_HEADER, site.guard.csrf().issue(T::SPEC.path, &site.binding))
        .body(Body::from_stream(futures_util::stream::iter(chunks)))
        .ok()?;
    Some(site.runtime.block_on(Valid::from_request(request, &site.guard)))
}

#[derive(Debug, Form)]
struct Anything {
    file: Option<Upload>,
}

/// A file of this name and content, as a form that names no types takes it; `None` where it is refused.
pub(super) fn file(name: &[u8], content: &[u8]) -> Option<Upload> {
    let quoted: Vec<u8> =
        name.iter().copied().filter(|byte| *byte >= b' ' && !matches!(byte, b'"' | b'\\' | 0x7f)).collect();
    let head: [&[u8]; 3] = [b"--XX\r\nContent-Disposition: form-data; name=file; filename=\"", &quoted, b"\"\r\n\r\n"];
    let body = [&head.concat()[..], content, b"\r\n--XX--\r\n"].concat();
    submit::<Anything>(&body, body.len())?.ok()?.into_inner().file
}
