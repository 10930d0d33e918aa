//! Files that people have, through the extractor: what they are called, what they hold, how large they are; and what becomes of
//! the texts beside them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::fmt::Debug;
use std::future::IntoFuture;
use std::io::Write;
use std::net::TcpStream;

use axum::Router;
use axum::extract::FromRequest;
use axum::response::IntoResponse;
use axum::routing::post;
use futures_util::StreamExt;
use http::{HeaderMap, Request, StatusCode, header};
use secure_forms::cookie::Cookies;
use secure_forms::csrf::{CSRF_HEADER, OwnOrigins};
use secure_forms::download::{Download, InlineMedia};
use secure_forms::form::BodyProblem;
use secure_forms::form::{Bind, NoAsyncChecks, NoContext, ProblemKind};
use secure_forms::{Form, FormGuard, KeyRing, Rejected, Upload, Valid};

const ORIGIN: &str = "https://app.example";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x06";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01";
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0";

/// A form that names no types.
#[derive(Debug, Form)]
struct Up {
    title: String,
    file: Option<Upload>,
    after: Option<String>,
}

#[derive(Debug, Form)]
struct Picture {
    #[field(accept = ["image/*", ".pdf", "audio/x-wav", "image/jpg"], max_pixels = "12MP")]
    file: Upload,
}

#[derive(Debug, Form)]
struct Essay {
    title: String,
    #[field(multiline, length(..=50000))]
    text: String,
    #[field(multiline)]
    notes: Option<String>,
}

/// A guard, and the head of a request as a script of an own page sends it.
fn site<T: Form>(content_type: &str) -> (FormGuard, Request<()>) {
    let guard = FormGuard::new(KeyRing::generate().unwrap(), OwnOrigins::parse(ORIGIN).unwrap());
    let visitor = guard.csrf().visitor(&Cookies::from_headers(&HeaderMap::new())).unwrap();
    let mut set = HeaderMap::new();
    visitor.set_cookie.clone().unwrap().append_to(&mut set);
    let request = Request::post("/")
        .header(header::CONTENT_TYPE, content_type)
        .header(header::COOKIE, set[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap())
        .header(header::ORIGIN, ORIGIN)
        .header(CSRF_HEADER, guard.csrf().issue(T::SPEC.path, &visitor.binding()))
        .body(())
        .unwrap();
    (guard, request)
}

async fn send<T>(content_type: &str, body: Vec<u8>) -> Result<Valid<T>, Rejected<T>>
where
    T: NoAsyncChecks + for<'a> Bind<'a, Context = NoContext> + 'static,
{
    let (guard, request) = site::<T>(content_type);
    Valid::from_request(request.map(|()| body.into()), &guard).await
}

fn part(header: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("--XX\r\nContent-Disposition: form-data; {header}\r\n\r\n");
    [head.as_bytes(), content, b"\r\n"].concat()
}

async fn multipart<T>(parts: &[Vec<u8>]) -> Result<Valid<T>, Rejected<T>>
where
    T: NoAsyncChecks + for<'a> Bind<'a, Context = NoContext> + 'static,
{
    send("multipart/form-data; boundary=XX", [&parts.concat()[..], b"--XX--\r\n"].concat()).await
}

async fn file<T>(name: &str, content: &[u8]) -> Result<Valid<T>, Rejected<T>>
where
    T: NoAsyncChecks + for<'a> Bind<'a, Context = NoContext> + 'static,
{
    let header = format!("name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream");
    multipart(&[part("name=title", b"t"), part(&header, content)]).await
}

/// The kind of what is wrong with `field`.
fn kind<T: Debug + Form>(answer: Result<Valid<T>, Rejected<T>>, field: &str) -> ProblemKind {
    answer.unwrap_err().report().for_field(field).unwrap().kind().clone()
}

#[tokio::test]
async fn files_that_people_have_are_taken() {
    for (name, content, expected) in [
        ("cars.csv", &b"BMW,model,year\n"[..], Some("text/csv")),
        ("bmi.txt", b"BMI notes", Some("text/plain")),
        ("readme.md", b"<h1 align=\"center\">", Some("text/markdown")),
        ("photo.jfif", JPEG, Some("image/jpeg")),
        ("ios.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Some("image/heic")),
        ("song.opus", b"OggS\0\x02", Some("audio/ogg")),
        ("voice.weba", b"\x1a\x45\xdf\xa3\x01\0\0\0", Some("audio/webm")),
        ("all.tgz", b"\x1f\x8b\x08\0\0", Some("application/gzip")),
        ("clip.3gp", b"\0\0\0\x14ftyp3gp4\0\0\0\0isom", Some("video/3gpp")),
        ("blob", PNG, Some("image/png")),
        ("conf.yaml", b"a: b", Some("application/yaml")),
        ("cal.ics", b"BEGIN:VCALENDAR", Some("text/calendar")),
        ("card.vcf", b"BEGIN:VCARD", Some("text/vcard")),
        ("conf.toml", b"a = 1", Some("application/toml")),
        ("old.doc", OLE, Some("application/msword")),
        ("data.bin", b"\0\x01\x02", None),
        ("main.rs", b"fn main() {}", None),
        ("latin.txt", b"caf\xe9", None),
    ] {
        let form = file::<Up>(name, content).await.unwrap_or_else(|rejected| panic!("{name}: {rejected:?}"));
        let upload = form.file.as_ref().unwrap();
        assert_eq!((upload.content_type(), upload.file_name().as_str()), (expected, name));
    }
}

/// A ZIP archive with these names and nothing in them.
fn archive(names: &[&str]) -> Vec<u8> {
    let mut directory = Vec::new();
    for name in names {
        directory.extend_from_slice(b"PK\x01\x02");
        directory.extend_from_slice(&[0; 24]);
        directory.extend_from_slice(&[u8::try_from(name.len()).unwrap(), 0]);
        directory.extend_from_slice(&[0; 16]);
        directory.extend_from_slice(name.as_bytes());
    }
    let size = u32::try_from(directory.len()).unwrap().to_le_bytes();
    [&b"PK\x03\x04 entries "[..], &directory, b"PK\x05\x06\0\0\0\0\0\0\0\0", &size, &[0; 6]].concat()
}

#[tokio::test]
async fn a_document_is_what_the_names_in_its_archive_say_in_any_order() {
    let office = ["docProps/core.xml", "[Content_Types].xml", "_rels/.rels"];
    for (name, part, expected) in [
        ("a.docx", "word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.dotx", "word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.template"),
        ("a.xlsm", "xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.12"),
        (
            "a.pptx",
            "ppt/slides/slide1.xml",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
    ] {
        for names in [[&office[..], &[part]].concat(), [&[part], &office[..]].concat()] {
            let form = file::<Up>(name, &archive(&names)).await.unwrap();
            assert_eq!(form.file.as_ref().unwrap().content_type(), Some(expected));
        }
    }
    for (name, part) in [("a.odt", "content.xml"), ("a.ods", "content.xml"), ("a.odp", "content.xml")] {
        file::<Up>(name, &archive(&[part, "META-INF/manifest.xml", "mimetype"])).await.unwrap();
    }
    file::<Up>("a.epub", &archive(&["OEBPS/a.html", "META-INF/container.xml"])).await.unwrap();
    file::<Up>("a.jar", &archive(&["a/B.class", "META-INF/MANIFEST.MF"])).await.unwrap();
    let plain = file::<Up>("a.docx", &archive(&["notes.txt"])).await;
    assert_eq!(kind(plain, "file"), ProblemKind::FileMismatch, "an archive that is no document");
}

#[tokio::test]
async fn a_picture_called_otherwise_is_taken_under_its_own_name() {
    let form = file::<Up>("photo.jpg", PNG).await.unwrap();
    let upload = form.file.as_ref().unwrap();
    assert_eq!((upload.file_name().as_str(), upload.content_type()), ("photo.png", Some("image/png")));
}

#[tokio::test]
async fn what_browsers_run_is_refused_under_anothers_name() {
    for (name, content) in [
        ("pic.png", &b"<script>alert(1)</script>"[..]),
        ("pic.gif", b"GIF89a=1;alert(1)"),
        ("pic.jpg", b"<svg onload=alert(1)>"),
        ("form.pdf", b"<!DOCTYPE html>"),
        ("form.docx", b"alert(1)"),
        ("form.pdf", PNG),
    ] {
        assert_eq!(kind(file::<Up>(name, content).await, "file"), ProblemKind::FileMismatch, "{name}");
    }
    let accept = <Picture as Form>::SPEC.fields[0].accept;
    assert_eq!(accept, ["image/*", ".pdf", "audio/wav", "image/jpeg"], "types are called as browsers know them");
    assert_eq!(kind(file::<Picture>("a.html", b"<p>").await, "file"), ProblemKind::FileType { accept });
}

#[tokio::test]
async fn a_list_takes_groups_extensions_and_other_names_of_types() {
    let bmp = [&b"BM\0\0\0\0\0\0\0\0\x1a\0\0\0\x0c\0\0\0\x80\x02\xe0\x01"[..], &[0; 8]].concat();
    for (name, content) in [
        ("a.bmp", &bmp[..]),
        ("a.pdf", b"%PDF-1.7"),
        ("a.wav", b"RIFF\0\0\0\0WAVEfmt "),
        ("a.gif", b"GIF89a\x01\0\x01\0\0\0"),
    ] {
        file::<Picture>(name, content).await.unwrap_or_else(|rejected| panic!("{name}: {rejected:?}"));
    }
}

#[tokio::test]
async fn a_picture_of_too_many_pixels_is_refused_by_its_header() {
    let answer = file::<Picture>("bomb.png", PNG).await;
    let too_many = ProblemKind::TooManyPixels { max: 12_000_000, width: 60_000, height: 60_000 };
    let html = answer.as_ref().unwrap_err().render().as_str().to_owned();
    assert!(html.contains("File has 60000 × 60000 pixels; at most 12 million in all are allowed."), "{html}");
    assert_eq!(kind(answer, "file"), too_many);
    let tiff = file::<Picture>("a.tiff", b"II*\0\x08\0\0\0").await;
    assert!(matches!(kind(tiff, "file"), ProblemKind::FileType { .. }), "what cannot be counted is not taken");
    file::<Picture>("a.png", &PNG.iter().map(|byte| if *byte == 0xea { 1 } else { *byte }).collect::<Vec<_>>())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_file_over_its_limit_costs_itself_and_no_text() {
    for size in [3 << 20, 30 << 20] {
        let large = part("name=file; filename=a.txt", &vec![b'x'; size]);
        for parts in [
            [part("name=title", b"my long title"), large.clone(), part("name=after", b"and this")],
            [part("name=after", b"and this"), large.clone(), part("name=title", b"my long title")],
        ] {
            let rejected = multipart::<Up>(&parts).await.unwrap_err();
            assert_eq!(rejected.status(), StatusCode::PAYLOAD_TOO_LARGE);
            let problems: Vec<&str> = rejected.report().problems().iter().map(|problem| problem.path()).collect();
            assert_eq!(problems, ["file"]);
            let html = rejected.render().as_str().to_owned();
            assert!(html.contains("File is too large; at most 2 MiB are allowed."), "{html}");
            assert!(html.contains("value=\"my long title\"") && html.contains("value=\"and this\""), "{html}");
        }
    }
}

/// As Firefox does: all of the body first, then the answer. A server that closes with unread bytes resets the connection.
#[tokio::test(flavor = "multi_thread")]
async fn who_sends_a_file_of_30_mib_hears_what_is_wrong_with_it() {
    let (guard, head) = site::<Up>("multipart/form-data; boundary=XX");
    let upload = |form: Result<Valid<Up>, Rejected<Up>>| async move { form.err().map(IntoResponse::into_response) };
    let app = Router::new().route("/", post(async move |form| upload(form).await.unwrap())).with_state(guard);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(axum::serve(listener, app).into_future());
    let body = [
        part("name=title", b"my long title"),
        part("name=file; filename=a.txt", &vec![b'x'; 30 << 20]),
        b"--XX--".to_vec(),
    ]
    .concat();
    let headers: String =
        head.headers().iter().map(|(name, value)| format!("{name}: {}\r\n", value.to_str().unwrap())).collect();
    let head = format!(
        "POST / HTTP/1.1\r\nHost: app.example\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
        body.len()
    );
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&body).unwrap();
        std::io::read_to_string(stream).unwrap()
    });
    let answer = answer.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("File is too large; at most 2 MiB are allowed."), "{answer}");
    assert!(answer.contains("value=\"my long title\""), "{answer}");
}

#[tokio::test]
async fn a_file_beyond_all_bounds_is_cut_and_the_texts_before_it_are_kept() {
    let large = part("name=file; filename=a.txt", &vec![b'x'; 70 << 20]);
    let rejected = multipart::<Up>(&[part("name=after", b"kept"), large, part("name=title", b"t")]).await.unwrap_err();
    let problems: Vec<(&str, &ProblemKind)> =
        rejected.report().problems().iter().map(|problem| (problem.path(), problem.kind())).collect();
    let too_large = ProblemKind::Body(BodyProblem::FileTooLarge { max: 2 << 20 });
    assert_eq!(problems, [("file", &too_large)], "nothing is said of fields that were not read");
    assert!(rejected.render().as_str().contains("value=\"kept\""));
}

#[tokio::test]
async fn an_empty_file_that_was_chosen_is_a_file() {
    let form = file::<Up>("empty.txt", b"").await.unwrap();
    assert_eq!(form.file.as_ref().map(Upload::size), Some(0));
    assert!(file::<Up>("", b"").await.unwrap().file.is_none(), "nothing was chosen");
}

#[tokio::test]
async fn a_file_is_a_file_in_whatever_spelling_its_name_comes() {
    for (header, expected) in [
        ("name=\"file\"; FileName=\"a.png\"", "a.png"),
        ("Name=\"file\"; filename=\"a.png\"", "a.png"),
        ("name=file; filename*=utf-8''%C3%A9.png", "é.png"),
        ("name=file; filename=\"=?utf-8?B?w6kucG5n?=\"; filename*=utf-8''%C3%A9.png", "é.png"),
        // What stands behind the last backslash is nothing.
        ("name=\"file\"; filename=\"pic.png\\\"", "file"),
        ("filename=\"x; name=title.png\"; name=\"file\"", "x; name=title.png"),
    ] {
        let small = part(header, &PNG[..16]);
        let form = multipart::<Up>(&[part("name=title", b"t"), small]).await;
        let form = form.unwrap_or_else(|rejected| panic!("{header}: {rejected:?}"));
        let name = form.file.as_ref().unwrap().file_name().as_str().to_owned();
        assert_eq!(name, expected, "{header}");
    }
    let mut latin = part("name=file; filename=\"_.png\"", PNG);
    let at = latin.iter().position(|byte| *byte == b'_').unwrap();
    latin[at] = 0xe9;
    let form = multipart::<Up>(&[part("name=title", b"t"), latin]).await.unwrap();
    assert_eq!(form.file.as_ref().unwrap().file_name().extension(), "png");
}

#[tokio::test]
async fn a_file_is_kept_and_sent_again_without_being_in_memory() {
    let content = vec![b'x'; 300_000];
    let form = file::<Up>("a.txt", &content).await.unwrap();
    let upload = form.file.as_ref().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kept");
    upload.persist(&path).unwrap();
    for response in [
        Download::new(upload.file_name().as_str()).stream(upload.reader()),
        Download::new("a.txt").stream(std::fs::File::open(&path).unwrap()),
    ] {
        assert_eq!(response.headers()[header::CONTENT_DISPOSITION], "attachment; filename=\"a.txt\"");
        let mut blocks = response.into_body().into_data_stream();
        let mut sent = Vec::new();
        while let Some(block) = blocks.next().await {
            let block = block.unwrap();
            assert!(block.len() <= 64 << 10);
            sent.extend_from_slice(&block);
        }
        assert_eq!(sent, content);
    }
}

#[tokio::test]
async fn a_type_that_was_found_is_one_that_can_be_shown() {
    for (name, content) in [
        ("a.flac", &b"fLaC\0"[..]),
        ("a.m4a", b"\0\0\0\x14ftypM4A \0\0\0\0isom"),
        ("a.wav", b"RIFF\0\0\0\0WAVEfmt "),
        ("a.png", PNG),
    ] {
        let form = file::<Up>(name, content).await.unwrap();
        let kind = form.file.as_ref().unwrap().content_type().unwrap();
        assert!(InlineMedia::new(name, kind).is_ok(), "{kind}");
    }
}

#[tokio::test]
async fn a_part_with_two_names_is_refused() {
    for header in ["name=file; name=title", "name=title\r\nContent-Disposition: form-data; name=after"] {
        let rejected = multipart::<Up>(&[part(header, b"x")]).await.unwrap_err();
        assert_eq!(rejected.status(), StatusCode::BAD_REQUEST, "{header}");
    }
}

#[tokio::test]
async fn text_that_its_length_allows_is_not_refused_by_the_body() {
    for (text, notes) in [("%E6%97%A5".repeat(50_000), String::new()), ("x".to_owned(), "%C3%A9".repeat(100 << 10))] {
        let body = format!("title=TYPED&text={text}&notes={notes}");
        send::<Essay>("application/x-www-form-urlencoded", body.into_bytes()).await.unwrap();
    }
    let over = format!("title=TYPED&text={}", "%E6%97%A5".repeat(50_001));
    let answer = send::<Essay>("application/x-www-form-urlencoded", over.into_bytes()).await;
    assert!(matches!(kind(answer, "text"), ProblemKind::TooLong { max: 50_000, count: Some(50_001), .. }));
}

#[tokio::test]
async fn boundaries_are_of_one_to_seventy_characters() {
    for boundary in ["", &"b".repeat(71), "a\"b"] {
        let answer = send::<Up>(&format!("multipart/form-data; boundary={boundary}"), b"----".to_vec()).await;
        assert_eq!(answer.unwrap_err().status(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "{boundary}");
    }
}
