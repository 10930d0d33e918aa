//! The tower layer that puts the application's layout around pages as they leave.

use std::task::{Context, Poll};

use http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use super::finishing::Finishing;
use crate::guard::{FormGuard, Layout, PendingLayout};

/// Puts the guard's layout ([`FormGuard::with_layout`]) around every answer that is a [`PageContent`](crate::PageContent), such as
/// rejected forms and refusals, and around errors that say nothing. [`ProtectionLayer`](crate::axum::ProtectionLayer) holds it; alone, it stands
/// inside of a [`SecurityHeadersLayer`](crate::axum::SecurityHeadersLayer) and outside of everything that answers.
///
/// ```
/// use axum::{Router, routing::get};
/// use secure_forms::axum::{LayoutLayer, SecurityHeadersLayer};
/// use secure_forms::csrf::OwnOrigins;
/// use secure_forms::{FormGuard, KeyRing, PageContent, SecurityHeaders, html};
///
/// let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?)
///     .with_layout(|_| (), |(), page| html! { nav { "Apples" } main { (page.content()) } });
/// let app: Router = Router::new()
///     .route("/", get(async || PageContent::new("Home", html! { h1 { "Hello" } })))
///     .layer(LayoutLayer::new(&guard))
///     .layer(SecurityHeadersLayer::new(&SecurityHeaders::modern()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct LayoutLayer {
    layout: Layout,
}

impl LayoutLayer {
    /// The layout of this guard.
    #[must_use]
    pub fn new(guard: &FormGuard) -> Self {
        Self { layout: guard.layout().clone() }
    }
}

impl<S> Layer<S> for LayoutLayer {
    type Service = WithLayout<S>;

    fn layer(&self, inner: S) -> Self::Service {
        WithLayout { layout: self.layout.clone(), inner }
    }
}

/// The service that [`LayoutLayer`] makes.
#[derive(Clone, Debug)]
pub struct WithLayout<S> {
    layout: Layout,
    inner: S,
}

impl<S, RequestBody, ResponseBody> Service<Request<RequestBody>> for WithLayout<S>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
    ResponseBody: http_body::Body + From<String>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Finishing<S::Future, PendingLayout>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<RequestBody>) -> Self::Future {
        let pending = self.layout.begin(&mut request);
        Finishing::new(self.inner.call(request), pending)
    }
}
