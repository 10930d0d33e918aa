//! The application's layout, told once: what it wants of a request is taken before the handler runs, and when an answer leaves that
//! is a [`PageContent`], the layout makes the whole page of it.

use std::fmt;
use std::mem::swap;
use std::sync::Arc;

use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Request, Response, header};

use super::caller::SharedCaller;
use super::page_content::PageContent;
use crate::html::Html;

type Begin = dyn Fn(&mut Parts) -> Box<Finish> + Send + Sync;
type Finish = dyn FnOnce(&PageContent) -> Html + Send;

/// What an application puts around its pages. Cloning shares it.
///
/// ```
/// use http::{Request, Response};
/// use secure_forms::csrf::OwnOrigins;
/// use secure_forms::{FormGuard, KeyRing, PageContent, html};
///
/// let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?)
///     .with_layout(|_| (), |(), page| html! { nav { "Apples" } (page.content()) });
/// let mut request = Request::get("/").body(())?;
/// let pending = guard.layout().begin(&mut request);
/// let answer = Response::<String>::from(PageContent::new("Home", html! { h1 { "Hello" } }));
/// assert_eq!(pending.finish(answer).body(), "<nav>Apples</nav><h1>Hello</h1>");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct Layout(Option<Arc<Begin>>);

impl Layout {
    pub(super) fn new<V: Send + 'static>(
        visit: impl Fn(&mut Parts) -> V + Send + Sync + 'static,
        page: impl Fn(V, &PageContent) -> Html + Send + Sync + 'static,
    ) -> Self {
        let page = Arc::new(page);
        Self(Some(Arc::new(move |head: &mut Parts| {
            let (visit, page) = (visit(head), Arc::clone(&page));
            Box::new(move |content: &PageContent| page(visit, content)) as Box<Finish>
        })))
    }

    /// Takes from a request what the layout wants of it: after [`PreparedHeaders::begin`](super::PreparedHeaders::begin), before
    /// everything that may answer.
    pub fn begin<B>(&self, request: &mut Request<B>) -> PendingLayout {
        let Some(begin) = &self.0 else { return PendingLayout(None) };
        // A form in the layout and one in the page are one visitor's, who gets one cookie.
        request.extensions_mut().insert(SharedCaller::default());
        let is_head = request.method() == Method::HEAD;
        PendingLayout(Some(Waiting { finish: with_head(request, |head| begin(head)), is_head }))
    }
}

/// Lends the head of a request without its body, and copies nothing.
fn with_head<B, R>(request: &mut Request<B>, run: impl FnOnce(&mut Parts) -> R) -> R {
    let (mut head, ()) = Request::new(()).into_parts();
    head.version = request.version();
    swap_head(&mut head, request);
    let result = run(&mut head);
    swap_head(&mut head, request);
    result
}

fn swap_head<B>(head: &mut Parts, request: &mut Request<B>) {
    swap(&mut head.method, request.method_mut());
    swap(&mut head.uri, request.uri_mut());
    swap(&mut head.headers, request.headers_mut());
    swap(&mut head.extensions, request.extensions_mut());
}

impl fmt::Debug for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Layout(…)" } else { "Layout(none)" })
    }
}

/// A layout that waits for the answer to one request.
#[must_use = "without `finish` the answer has no layout"]
pub struct PendingLayout(Option<Waiting>);

struct Waiting {
    finish: Box<Finish>,
    is_head: bool,
}

impl PendingLayout {
    /// Puts the layout around an answer that is a [`PageContent`], and around an error that says nothing at all. Before
    /// [`PendingHeaders::finish`](super::PendingHeaders::finish), which sends what the layout asked for: a nonce, cookies.
    pub fn finish<B: http_body::Body + From<String>>(self, mut response: Response<B>) -> Response<B> {
        let Some(Waiting { finish, is_head }) = self.0 else { return response };
        let Some(mut content) = take_content(&mut response) else { return response };
        content.status = response.status();
        let page = finish(&content).into_string();
        describe(response.headers_mut(), page.len());
        *response.body_mut() = B::from(if is_head { String::new() } else { page });
        response
    }
}

fn take_content<B: http_body::Body>(response: &mut Response<B>) -> Option<PageContent> {
    let content = response.extensions_mut().remove::<PageContent>();
    let Some(kind) = response.headers().get(header::CONTENT_TYPE) else {
        let status = response.status();
        let is_empty_error = (status.is_client_error() || status.is_server_error()) && response.body().is_end_stream();
        return is_empty_error.then(|| PageContent::of_status(status));
    };
    // Of another type is what a layer further in has made of the page meanwhile.
    content.filter(|_| kind.as_bytes().starts_with(b"text/"))
}

/// The headers that spoke of the body without the layout now speak of the whole page.
fn describe(headers: &mut HeaderMap, length: usize) {
    headers.remove(header::CONTENT_ENCODING);
    headers.remove(header::ETAG);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    // Said for HEAD too, which has no body that it could be counted by (RFC 9110, 8.6).
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where it stands")]
mod tests {
    use http::StatusCode;

    use super::*;

    fn in_layout(answer: Response<String>) -> Response<String> {
        let layout = Layout::new(|_| (), |(), page| Html::text(&format!("in layout: {}", page.title())));
        let mut request = Request::get("/a?b").header("accept", "text/html").extension(7_u8).body("body").unwrap();
        let pending = layout.begin(&mut request);
        assert_eq!(
            (request.uri().path(), request.headers().len(), *request.body()),
            ("/a", 1, "body"),
            "nothing is lost"
        );
        assert_eq!(request.extensions().get(), Some(&7_u8));
        pending.finish(answer)
    }

    fn page(kind: &'static str) -> Response<String> {
        let mut answer = Response::new("before".to_owned());
        answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        answer.extensions_mut().insert(PageContent::new("Mine", Html::default()));
        answer
    }

    #[test]
    fn a_page_and_a_sentence_get_the_layout_and_what_is_no_text_any_more_does_not() {
        for kind in ["text/html; charset=utf-8", "text/plain"] {
            assert_eq!(in_layout(page(kind)).body(), "in layout: Mine");
        }
        assert_eq!(in_layout(page("application/json")).body(), "before");
    }

    #[test]
    fn an_error_gets_one_only_if_it_says_nothing() {
        let error = |body: &str| {
            let mut answer = Response::new(body.to_owned());
            *answer.status_mut() = StatusCode::NOT_FOUND;
            in_layout(answer).into_body()
        };
        assert_eq!([error(""), error("mine")], ["in layout: Page not found", "mine"]);
        assert_eq!(in_layout(Response::new(String::new())).body(), "", "an empty answer that is no error");
    }

    #[test]
    fn headers_speak_of_the_whole_page() {
        let mut before = page("text/html");
        for name in [header::CONTENT_ENCODING, header::ETAG, header::CONTENT_LENGTH] {
            before.headers_mut().insert(name, HeaderValue::from_static("1"));
        }
        let after = in_layout(before);
        let said = |name| after.headers().get(name).map(|value: &HeaderValue| value.to_str().unwrap().to_owned());
        assert_eq!(said(header::CONTENT_LENGTH), Some(after.body().len().to_string()));
        assert_eq!(said(header::CACHE_CONTROL).as_deref(), Some("no-store"));
        assert_eq!([said(header::CONTENT_ENCODING), said(header::ETAG)], [None, None]);
        let mut cached = page("text/html");
        cached.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=60"));
        assert_eq!(in_layout(cached).headers()[header::CACHE_CONTROL], "max-age=60");
    }
}
