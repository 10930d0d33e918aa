//! The future of a layer that begins something with a request and finishes it with the response: the inner future's answer enters, what
//! was begun makes of it what leaves.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::Response;
use pin_project_lite::pin_project;

use crate::guard::PendingLayout;
use crate::response::PendingHeaders;

/// What a layer has begun with a request, and finishes with its response.
pub trait Finish<R> {
    /// What leaves in place of `response`.
    fn finish(self, response: R) -> R;
}

impl<B> Finish<Response<B>> for PendingHeaders {
    fn finish(self, mut response: Response<B>) -> Response<B> {
        Self::finish(&self, &mut response);
        response
    }
}

impl<B: http_body::Body + From<String>> Finish<Response<B>> for PendingLayout {
    fn finish(self, response: Response<B>) -> Response<B> {
        Self::finish(self, response)
    }
}

pin_project! {
    /// The answer of whatever stands further in, finished by a layer: the future of `WithSecurityHeaders` and of `WithLayout`.
    pub struct Finishing<F, P> {
        #[pin]
        inner: F,
        // None once the answer is there: a future is not polled again then.
        pending: Option<P>,
    }
}

impl<F, P> Finishing<F, P> {
    pub(super) fn new(inner: F, pending: P) -> Self {
        Self { inner, pending: Some(pending) }
    }
}

impl<F, P, R, E> Future for Finishing<F, P>
where
    F: Future<Output = Result<R, E>>,
    P: Finish<R>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let response = ready!(this.inner.poll(cx))?;
        Poll::Ready(Ok(match this.pending.take() {
            Some(pending) => pending.finish(response),
            None => response,
        }))
    }
}
