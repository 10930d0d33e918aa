//! The tower layer that turns a panic further in into an answer, so that the layers further out can put their headers on it.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum_core::body::Body;
use axum_core::response::{IntoResponse, Response as AxumResponse};
use http::{Request, StatusCode};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::adapter::http_types;

/// Answers by 500 where a handler or a layer further in panics; without it the connection breaks off without an answer.
///
/// ```
/// use axum::{Router, routing::get};
/// use secure_forms::axum::{CatchPanicLayer, SecurityHeadersLayer};
/// use secure_forms::SecurityHeaders;
///
/// let app: Router = Router::new()
///     .route("/", get(async || "Hello"))
///     .layer(CatchPanicLayer::new())
///     .layer(SecurityHeadersLayer::new(&SecurityHeaders::modern()));
/// ```
///
/// What the panic says goes where the program's panic hook sends it, the standard error stream at first, and never into the answer. A
/// panic while a body streams still breaks the connection off: the headers have left. A program that is built with `panic = "abort"` ends.
#[derive(Clone, Copy, Debug, Default)]
pub struct CatchPanicLayer(());

impl CatchPanicLayer {
    /// The layer.
    #[must_use]
    pub const fn new() -> Self {
        Self(())
    }
}

impl<S> Layer<S> for CatchPanicLayer {
    type Service = WithCatchPanic<S>;

    fn layer(&self, inner: S) -> Self::Service {
        WithCatchPanic { inner }
    }
}

/// The service that [`CatchPanicLayer`] makes.
#[derive(Clone, Debug)]
pub struct WithCatchPanic<S> {
    inner: S,
}

impl<S, B> Service<Request<B>> for WithCatchPanic<S>
where
    S: Service<Request<B>>,
    S::Response: IntoResponse,
{
    type Response = AxumResponse;
    type Error = S::Error;
    type Future = CatchPanicFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        CatchPanicFuture { inner: caught(|| self.inner.call(request)) }
    }
}

/// The outcome, if there was no panic. What a panic leaves half done is seen by no later request that did not share it before: the
/// service is one clone for each request, and a task that panics is treated in the same way by its runtime.
fn caught<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}

pin_project! {
    /// The future of [`WithCatchPanic`].
    pub struct CatchPanicFuture<F> {
        // None where making it, or polling it, has panicked.
        #[pin]
        inner: Option<F>,
    }
}

impl<F, R, E> Future for CatchPanicFuture<F>
where
    F: Future<Output = Result<R, E>>,
    R: IntoResponse,
{
    type Output = Result<AxumResponse, E>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut inner = self.project().inner;
        let polled = inner.as_mut().as_pin_mut().and_then(|future| caught(|| future.poll(cx)));
        match polled {
            Some(polled) => polled.map_ok(IntoResponse::into_response),
            None => {
                // It must not be polled again; ending it may panic once more.
                caught(|| inner.set(None));
                let sentence = "Something went wrong on the server. It was not because of you.";
                let answer = http_types::sentence(StatusCode::INTERNAL_SERVER_ERROR, sentence.to_owned());
                Poll::Ready(Ok(answer.map(Body::from)))
            }
        }
    }
}
