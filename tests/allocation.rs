//! The allocation contract of binding: one per owned `String` on the success path, none for text that borrows. Making the
//! submission (its own buffer) stands outside the measurement. And the memory of reading a body: it is the body's, not the sender's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::borrow::Cow;

use allocation_counter::measure;
use secure_forms::form::{Bind, NoAsyncChecks, NoContext};
use secure_forms::guard::Submission;
use secure_forms::{Form, Valid, testing};

#[derive(Debug, Form)]
struct Owned {
    #[field(length(1..=64), pattern("[a-z ]+"))]
    first: String,
    second: String,
    third: Option<String>,
    age: u8,
}

#[derive(Debug, Form)]
struct Borrowed<'a> {
    #[field(length(1..=64), pattern("[a-z ]+"))]
    first: &'a str,
    second: Cow<'a, str>,
    third: Option<&'a str>,
    age: u8,
}

const PLAIN: &str = "first=ada&second=lovelace&third=countess&age=36";
const ESCAPED: &str = "first=ada+l&second=%C3%A9t%C3%A9+%26&third=a%3Db&age=3%36";

fn allocations<T: for<'a> Probe<'a>>(body: &str) -> u64 {
    let mut submission = testing::submission(body);
    let mut good = false;
    let counted = measure(|| good = T::good(&mut submission));
    assert!(good, "{body} is accepted");
    counted.count_total
}

/// Binds a submission and says whether it was good; a borrowed form is another type for each lifetime.
trait Probe<'a> {
    fn good(submission: &'a mut Submission) -> bool;
}

impl Probe<'_> for Owned {
    fn good(submission: &mut Submission) -> bool {
        bound::<Owned>(submission).is_some_and(|form| !form.first.is_empty() && form.age == 36)
    }
}

struct Lent;

impl<'a> Probe<'a> for Lent {
    fn good(submission: &'a mut Submission) -> bool {
        bound::<Borrowed<'a>>(submission).is_some_and(|form| {
            matches!(form.second, Cow::Borrowed(_)) && !form.first.is_empty() && form.third.is_some() && form.age == 36
        })
    }
}

fn bound<'a, T: Bind<'a, Context = NoContext> + NoAsyncChecks>(submission: &'a mut Submission) -> Option<Valid<T>> {
    submission.bind::<T>().ok()
}

#[test]
fn each_owned_string_costs_one_allocation() {
    assert_eq!(allocations::<Owned>(PLAIN), 3);
}

#[test]
fn an_absent_owned_string_costs_none() {
    assert_eq!(allocations::<Owned>("first=ada&second=lovelace&age=36"), 2);
}

#[test]
fn escaped_owned_strings_cost_no_more() {
    assert_eq!(allocations::<Owned>(ESCAPED), 3);
}

#[test]
fn borrowed_text_costs_none() {
    assert_eq!(allocations::<Lent>(PLAIN), 0);
}

#[test]
fn escaped_borrowed_text_is_decoded_in_place() {
    assert_eq!(allocations::<Lent>(ESCAPED), 0);
}

mod bodies {
    use std::convert::Infallible;

    use allocation_counter::measure;
    use axum::body::{Body, Bytes};
    use axum::extract::{FromRequest, Request};
    use http::{HeaderMap, header};
    use secure_forms::cookie::Cookies;
    use secure_forms::csrf::{CSRF_HEADER, OwnOrigins};
    use secure_forms::{Form, FormGuard, KeyRing, Submitted, Upload};

    const SIZE: usize = 256 << 10;
    const ROOM: usize = 64 << 10;

    #[derive(Form)]
    struct Text {
        #[field(multiline)]
        text: String,
    }

    #[derive(Form)]
    struct File {
        file: Upload,
    }

    /// The bytes that a body keeps once it is read, and the most on the way, if it comes in chunks of this size.
    fn memory<T: Form>(content_type: &str, body: Vec<u8>, chunk: usize) -> (i64, u64) {
        let guard = FormGuard::new(KeyRing::generate().unwrap(), OwnOrigins::parse("https://app.example").unwrap());
        let visitor = guard.csrf().visitor(&Cookies::from_headers(&HeaderMap::new())).unwrap();
        let token = guard.csrf().issue(T::SPEC.path, &visitor.binding());
        let mut set = HeaderMap::new();
        visitor.set_cookie.unwrap().append_to(&mut set);
        let body = Bytes::from(body);
        let chunks = (0..body.len()).step_by(chunk).map(move |at| body.slice(at..body.len().min(at + chunk)));
        let request = Request::post("/")
            .header(header::CONTENT_TYPE, content_type)
            .header(header::COOKIE, set[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap())
            .header(CSRF_HEADER, token)
            .body(Body::from_stream(futures_util::stream::iter(chunks.map(Ok::<_, Infallible>))))
            .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut read = None;
        let counted = measure(|| read = Some(runtime.block_on(Submitted::<T>::from_request(request, &guard))));
        assert!(read.unwrap().is_ok_and(|read| !format!("{read:?}").contains("Err")));
        (counted.bytes_current, counted.bytes_max)
    }

    #[test]
    fn a_body_takes_itself_and_64_kib_however_it_is_cut() {
        for chunk in [1, 8, 64, 4096] {
            let text = [&b"text="[..], &[b'x'; SIZE - 5]].concat();
            let (kept, most) = memory::<Text>("application/x-www-form-urlencoded", text, chunk);
            assert!(kept <= SIZE as i64 + ROOM as i64, "{kept} bytes for a text in chunks of {chunk}");
            // For the moment in which the buffer grows there may be two of it, as many as there are threads.
            assert!(most <= 2 * SIZE as u64 + ROOM as u64, "{most} bytes for a text in chunks of {chunk}");
        }
    }

    #[test]
    fn a_file_takes_two_blocks_however_it_is_cut() {
        let head = b"--XX\r\nContent-Disposition: form-data; name=file; filename=a.txt\r\n\r\n";
        for chunk in [1, 8, 64, 4096] {
            let body = [&head[..], &[b'x'; 4 * SIZE], b"\r\n--XX--\r\n"].concat();
            let (kept, most) = memory::<File>("multipart/form-data; boundary=XX", body, chunk);
            assert!(kept <= ROOM as i64 && most <= 3 * ROOM as u64, "{kept} and {most} bytes in chunks of {chunk}");
        }
    }
}
