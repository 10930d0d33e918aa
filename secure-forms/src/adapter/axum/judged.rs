//! The future of a request that was judged before its handler: the handler's own, or the answer that stands already.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum_core::response::{IntoResponse, Response};
use pin_project_lite::pin_project;

pin_project! {
    /// The answer of a handler, or that of whoever did not let the request reach it.
    pub struct Judged<F> {
        #[pin]
        step: Step<F>,
    }
}

pin_project! {
    #[project = StepNow]
    enum Step<F> {
        Passed { #[pin] inner: F },
        Answered { answer: Option<Response> },
    }
}

impl<F> Judged<F> {
    pub(super) fn passed(inner: F) -> Self {
        Self { step: Step::Passed { inner } }
    }

    pub(super) fn answered(answer: Response) -> Self {
        Self { step: Step::Answered { answer: Some(answer) } }
    }
}

impl<F, R, E> Future for Judged<F>
where
    F: Future<Output = Result<R, E>>,
    R: IntoResponse,
{
    type Output = Result<Response, E>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().step.project() {
            StepNow::Passed { inner } => inner.poll(cx).map_ok(IntoResponse::into_response),
            StepNow::Answered { answer } => answer.take().map_or(Poll::Pending, |answer| Poll::Ready(Ok(answer))),
        }
    }
}
