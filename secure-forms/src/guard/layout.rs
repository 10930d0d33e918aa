//! The application's layout, told once: what it wants of a request is taken before the handler runs, and when an answer leaves that
//! is a [`PageContent`], the layout makes the whole page of it.

use std::fmt;
use std::mem::swap;
use std::sync::Arc;

use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Request, Response, header};

use super::config::FormGuard;
use super::head::SharedCaller;
use super::page_content::PageContent;
use crate::html::Html;

impl FormGuard {
    /// The layout of the application's pages. `visit` takes from the head of every request what the layout wants of it, before any
    /// handler and any layer further in; `page` makes of that and of a [`PageContent`] a whole document. Rejected forms, refusals
    /// and the pages of handlers then look alike.
    ///
    /// What a layer further in finds out, such as who is signed in, reaches the layout through a place that `visit` puts on the
    /// request. A layout with a form of its own, such as the button that signs out, keeps a copy of the head and asks a copy of the
    /// guard for it ([`FormGuard::blank`]); a layout with a script keeps the [`Nonce`](crate::Nonce).
    ///
    /// ```
    /// use secure_forms::{FormGuard, Html, KeyRing, OwnOrigins, html};
    ///
    /// let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?).with_layout(
    ///     |request| request.uri.path().to_owned(),
    ///     |path, page| {
    ///         html! {
    ///             (Html::DOCTYPE)
    ///             html lang="en" {
    ///                 head { meta charset="utf-8"; title { (page.title()) " · Apples" } }
    ///                 body { nav { a href="/" aria-current=[(path == "/").then_some("page")] { "Home" } } main { (page.content()) } }
    ///             }
    ///         }
    ///     },
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Security
    /// A page in a layout may show whose it is, and is sent with `Cache-Control: no-store` unless its answer says otherwise
    /// (CWE-525). Answers over plain HTTP and to other hosts than the site's own are never put into it.
    #[must_use]
    pub fn with_layout<V: Send + 'static>(
        mut self,
        visit: impl Fn(&mut Parts) -> V + Send + Sync + 'static,
        page: impl Fn(V, &PageContent) -> Html + Send + Sync + 'static,
    ) -> Self {
        let page = Arc::new(page);
        let begin = move |parts: &mut Parts| {
            let (visit, page) = (visit(parts), Arc::clone(&page));
            Box::new(move |content: &PageContent| page(visit, content)) as Box<Finish>
        };
        self.layout = Layout(Some(Arc::new(begin)));
        self
    }

    /// The layout for an adapter; without [`FormGuard::with_layout`] one that changes nothing.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }
}

type Begin = dyn Fn(&mut Parts) -> Box<Finish> + Send + Sync;
type Finish = dyn FnOnce(&PageContent) -> Html + Send;

/// What an application puts around its pages. Cloning shares it.
///
/// ```
/// use http::{Request, Response};
/// use secure_forms::{FormGuard, KeyRing, OwnOrigins, PageContent, html};
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
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    let says_nothing = || !response.headers().contains_key(header::CONTENT_TYPE) && response.body().is_end_stream();
    content.or_else(|| (is_error && says_nothing()).then(|| PageContent::of_status(status)))
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
