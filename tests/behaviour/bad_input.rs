//! More than a hundred malformed bodies against the real demo: a typed answer with the right status, never a 500, never a
//! panic, never a half-written row.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use axum::Router;
use axum::body::Body;
use demo::App;
use demo::config::Config;
use http::{Request, StatusCode, header};
use secure_forms::session::Clock;
use tower::ServiceExt;

const URLENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data; boundary=X";

/// The demo, signed in as ada, with a token for each form.
struct Site {
    router: Router,
    cookies: String,
}

/// A body that no honest browser sends, and what must answer it.
struct Case {
    name: String,
    path: &'static str,
    content_type: &'static str,
    body: Vec<u8>,
    expected: u16,
}

async fn site() -> Site {
    let variable = |name: &str| (name == "LOGIN_ATTEMPTS_PER_MINUTE").then(|| "100000".to_owned());
    let app = App::for_tests(&Config::read(variable).unwrap(), Clock::system()).await.unwrap();
    let mut site = Site { router: demo::app(app), cookies: String::new() };
    let (token, visitor) = site.open("/login").await;
    site.cookies = visitor;
    let body = format!("csrf_token={token}&username=ada&password=correct+horse+battery");
    let answer = site.answer("/login", URLENCODED, body.into_bytes()).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    site.cookies = cookies(&answer);
    site
}

fn cookies(answer: &http::Response<Body>) -> String {
    let lines = answer.headers().get_all(header::SET_COOKIE).iter();
    lines.map(|line| line.to_str().unwrap().split(';').next().unwrap()).collect::<Vec<_>>().join("; ")
}

impl Site {
    /// The token of a page's own form, which is the last on it.
    async fn open(&self, path: &str) -> (String, String) {
        let request = Request::get(path)
            .header(header::HOST, "localhost")
            .header(header::COOKIE, &self.cookies)
            .body(Body::empty())
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let set = cookies(&answer);
        let page = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let page = String::from_utf8(page.to_vec()).unwrap();
        let token = page.rsplit("name=\"csrf_token\" value=\"").next().unwrap().split('"').next().unwrap().to_owned();
        (token, set)
    }

    async fn answer(&self, path: &str, content_type: &str, body: Vec<u8>) -> http::Response<Body> {
        // In chunks, as a network delivers it.
        let chunks: Vec<_> = body.chunks(16 << 10).map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec())).collect();
        let request = Request::post(path)
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, content_type)
            .header(header::COOKIE, &self.cookies)
            .body(Body::from_stream(futures_util::stream::iter(chunks)))
            .unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn name_of_ada(&self) -> String {
        let request = Request::get("/profile")
            .header(header::HOST, "localhost")
            .header(header::COOKIE, &self.cookies)
            .body(Body::empty())
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let page = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let page = String::from_utf8(page.to_vec()).unwrap();
        page.split("name=\"display_name\"")
            .nth(1)
            .unwrap()
            .split("value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    }
}

/// The profile's form with `rest` behind a good token.
fn profile(token: &str, name: &str, rest: &[u8], expected: u16) -> Case {
    let body = [format!("csrf_token={token}&").as_bytes(), rest].concat();
    Case { name: name.to_owned(), path: "/profile", content_type: URLENCODED, body, expected }
}

/// Bodies of the profile's form that break somewhere.
fn urlencoded(token: &str) -> Vec<Case> {
    let case = |name: &str, rest: &[u8], expected: u16| profile(token, name, rest, expected);
    vec![
        case("a repeated field", b"display_name=a&display_name=b", 400),
        case("a repeated field that is broken once", b"display_name=a&display_name=%", 400),
        case("100,000 fields", "x=1&".repeat(50_000).as_bytes(), 413),
        case("1,001 empty fields", "x=&".repeat(1_001).as_bytes(), 413),
        case("20 MB", &vec![b'a'; 20 << 20], 413),
        case(
            "a value above the body's limit",
            [b"display_name=".as_slice(), &[b'a'; 300 << 10]].concat().as_slice(),
            413,
        ),
        case("a huge name", [vec![b'n'; 200_000], b"=1".to_vec()].concat().as_slice(), 422),
        case("no field", b"", 422),
        case("only separators", b"&&&&====&&&", 422),
        case("an empty name", b"=1", 422),
        case("a token twice", format!("csrf_token={token}&display_name=a").as_bytes(), 400),
        case("two places to go to", b"display_name=a&next=/a&next=/b", 400),
        case("a place off the site and a place on it", b"display_name=a&next=//evil.test&next=/", 400),
        case("a NUL", b"display_name=a%00b", 422),
        case("a raw NUL", b"display_name=a\0b", 422),
        case("a line break in one line", b"display_name=a%0Ab", 422),
        case("DEL", b"display_name=a%7F", 422),
        case("a C1 control", b"display_name=a%C2%85b", 422),
        case("65 characters", [b"display_name=".as_slice(), &[b'a'; 65]].concat().as_slice(), 422),
        case("33 characters outside the BMP", format!("display_name={}", "%F0%9F%98%80".repeat(33)).as_bytes(), 422),
        case("spaces alone", b"display_name=+++", 422),
        case("a website that is a script", b"display_name=a&website=javascript:x", 422),
    ]
}

/// Bytes that are not UTF-8, raw and in triplets: every way of being wrong (Unicode Standard, table 3-7). Triplets that are none.
fn not_text(token: &str) -> Vec<Case> {
    let case = |name: &str, rest: &[u8]| profile(token, name, rest, 400);
    let mut cases = Vec::new();
    let broken: [&[u8]; 12] = [
        b"\x80",
        b"\xc0\xaf",
        b"\xc3",
        b"\xe2\x82",
        b"\xed\xa0\x80",
        b"\xf0\x80\x80\xaf",
        b"\xf4\x90\x80\x80",
        b"\xf8\x88\x80\x80\x80",
        b"\xff",
        b"\xfe\xff",
        b"a\xc3(",
        b"\xc1\xbf",
    ];
    for bytes in broken {
        let triplets: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
        for field in ["display_name", "bio", "unknown"] {
            cases.push(case(&format!("{bytes:?} in {field}"), [field.as_bytes(), b"=", bytes].concat().as_slice()));
            cases.push(case(&format!("{triplets} in {field}"), format!("{field}={triplets}").as_bytes()));
        }
        cases.push(case(&format!("{triplets} as a name"), format!("{triplets}=1&display_name=a").as_bytes()));
    }
    for triplet in ["%", "%%", "%4", "%zz", "%4g", "%g4", "% 1", "%u0041", "a%", "%\u{e9}"] {
        cases.push(case(&format!("{triplet:?}"), format!("display_name={triplet}").as_bytes()));
        cases.push(case(&format!("{triplet:?} as a name"), format!("{triplet}=1&display_name=a").as_bytes()));
    }
    cases
}

/// Bodies of the wrong kind.
fn wrong_types(token: &str) -> Vec<Case> {
    let body = format!("csrf_token={token}&display_name=Mallory").into_bytes();
    [
        "text/plain",
        "application/json",
        "text/html",
        "",
        "application/x-www-form-urlencodedx",
        "multipart/form-data",
        "application/octet-stream",
    ]
    .into_iter()
    .map(|content_type| Case {
        name: format!("sent as {content_type:?}"),
        path: "/profile",
        content_type,
        body: body.clone(),
        expected: 415,
    })
    .collect()
}

/// The upload's form, cut into its parts.
struct Upload {
    token: Vec<u8>,
    file: Vec<u8>,
    caption: Vec<u8>,
    end: Vec<u8>,
}

impl Upload {
    fn of(token: &str) -> Self {
        Self {
            token: part("name=\"csrf_token\"", token.as_bytes()),
            file: part("name=\"file\"; filename=\"a.txt\"", b"text"),
            caption: part("name=\"caption\"", b"a"),
            end: b"--X--\r\n".to_vec(),
        }
    }

    /// A body of these parts, token and end around them.
    fn with(&self, parts: &[&[u8]]) -> Vec<u8> {
        [self.token.as_slice(), &parts.concat(), &self.end].concat()
    }
}

fn part(head: &str, content: &[u8]) -> Vec<u8> {
    [format!("--X\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(), content, b"\r\n"].concat()
}

fn upload(name: &str, body: Vec<u8>, expected: u16) -> Case {
    Case { name: name.to_owned(), path: "/upload", content_type: MULTIPART, body, expected }
}

/// Bodies of the upload's form whose parts are not those that it asks for.
fn multipart(token: &str) -> Vec<Case> {
    let form = Upload::of(token);
    let (file, caption, end) = (form.file.as_slice(), form.caption.as_slice(), form.end.as_slice());
    let whole = form.with(&[file, caption]);
    let mut cases = vec![
        upload("nothing at all", Vec::new(), 400),
        upload("no part", end.to_vec(), 403),
        upload("another boundary", whole.iter().map(|byte| if *byte == b'X' { b'Y' } else { *byte }).collect(), 400),
        upload("a file before the token", [file, &form.token, caption, end].concat(), 403),
        upload("no token", [file, caption, end].concat(), 403),
        upload("no file", form.with(&[caption]), 422),
        upload("no caption", form.with(&[file]), 422),
        upload("two files", form.with(&[file, file, caption]), 400),
        upload("two captions", form.with(&[file, caption, caption]), 400),
        upload("2,000 parts", form.with(&[&part("name=\"x\"", b"1").repeat(2_000)]), 413),
        upload("a part without a name", form.with(&[&part("", b"1"), file]), 422),
    ];
    // Cut off anywhere before its end, a body is not read to its end.
    for cut in (form.token.len() + 8..whole.len() - 8).step_by(9) {
        cases.push(upload(&format!("cut at {cut}"), whole[..cut].to_vec(), 400));
    }
    cases
}

/// Bodies of the upload's form whose parts hold what they must not.
fn contents(token: &str) -> Vec<Case> {
    let form = Upload::of(token);
    let (file, caption) = (form.file.as_slice(), form.caption.as_slice());
    let of_file = |name: &str, content: &[u8]| {
        form.with(&[&part(&format!("name=\"file\"; filename=\"{name}\""), content), caption])
    };
    let of_caption = |content: &[u8]| form.with(&[file, &part("name=\"caption\"", content)]);
    vec![
        upload("a caption that is not UTF-8", of_caption(b"\xff"), 400),
        upload("a file that is too large", of_file("a.txt", &vec![b'a'; 3 << 20]), 413),
        upload("20 MB", of_file("a.txt", &vec![b'a'; 20 << 20]), 413),
        upload("a text of 20 MB", form.with(&[&part("name=\"caption\"", &vec![b'a'; 20 << 20]), file]), 413),
        upload("a script that claims to be a picture", of_file("a.png", b"<script>"), 415),
        upload("a page", of_file("a.html", b"<!DOCTYPE html><p>"), 415),
        upload("a text with NUL", of_file("a.txt", b"a\0b"), 415),
    ]
}

#[tokio::test]
async fn malformed_bodies_are_answered_as_the_standard_asks() {
    let site = site().await;
    let (profile, _) = site.open("/profile").await;
    let (upload, _) = site.open("/upload").await;
    let cases: Vec<Case> =
        [urlencoded(&profile), not_text(&profile), wrong_types(&profile), multipart(&upload), contents(&upload)]
            .into_iter()
            .flatten()
            .collect();
    assert!(cases.len() >= 100, "{} cases", cases.len());

    let mut wrong = Vec::new();
    let count = cases.len();
    for case in cases {
        let status = site.answer(case.path, case.content_type, case.body).await.status().as_u16();
        if status != case.expected {
            wrong.push(format!("{} on {}: {status}, expected {}", case.name, case.path, case.expected));
        }
    }
    println!("{count} malformed bodies");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(site.name_of_ada().await, "Ada Lovelace", "nothing was written");
}

/// The twin: the same forms with good input.
#[tokio::test]
async fn a_good_body_is_accepted() {
    let site = site().await;
    let (token, _) = site.open("/profile").await;
    let body = format!("csrf_token={token}&display_name=Ada+%C3%A9").into_bytes();
    assert_eq!(site.answer("/profile", URLENCODED, body).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(site.name_of_ada().await, "Ada é");
}
