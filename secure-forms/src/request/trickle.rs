//! A multipart body, given out chunk by chunk. The parser takes in all that is ready before it looks at any of it, so
//! without this a whole upload could be in memory before its token is judged.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::Stream;

/// The most bytes before the gate opens, but for the chunk that crosses the line: a browser's boundary, part header
/// and token are less than one KiB.
const BEFORE_OPENING: usize = 8 << 10;

/// How often the parser may ask in vain before it is told that nothing comes: it asks with every step, also when what it has
/// is enough, and takes four steps to a token.
const PATIENCE: u8 = 16;

/// Rests after each chunk, and from [`BEFORE_OPENING`] bytes on until the gate opens.
pub(super) struct Trickle<S> {
    chunks: Pin<Box<S>>,
    opened: Opened,
    given: usize,
    must_rest: bool,
    patience: u8,
}

/// Whether the token was found good; what the reader tells the stream that the parser owns.
#[derive(Clone, Default)]
pub(super) struct Opened(Arc<AtomicBool>);

impl Opened {
    pub(super) fn set(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl<S> Trickle<S> {
    pub(super) fn new(chunks: S, opened: Opened) -> Self {
        Self { chunks: Box::pin(chunks), opened, given: 0, must_rest: false, patience: PATIENCE }
    }
}

impl<S: Stream<Item = Result<Bytes, E>>, E> Stream for Trickle<S> {
    type Item = Result<Bytes, E>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let is_full = self.given >= BEFORE_OPENING && !self.opened.is_set();
        if is_full {
            let Some(patience) = self.patience.checked_sub(1) else { return Poll::Ready(None) };
            self.patience = patience;
        }
        if std::mem::take(&mut self.must_rest) || is_full {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let chunk = ready!(self.chunks.as_mut().poll_next(cx));
        if let Some(Ok(bytes)) = &chunk {
            self.given = self.given.saturating_add(bytes.len());
            self.must_rest = true;
        }
        Poll::Ready(chunk)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::task::Waker;

    use super::*;

    #[test]
    fn what_is_ready_is_not_given_at_once() {
        let chunks = ["a", "b"].map(|chunk| Ok::<_, Infallible>(Bytes::from(chunk)));
        let mut trickle = Trickle::new(futures_util::stream::iter(chunks), Opened::default());
        let mut poll = || Pin::new(&mut trickle).poll_next(&mut Context::from_waker(Waker::noop()));
        assert_eq!(poll(), Poll::Ready(Some(Ok(Bytes::from("a")))));
        assert_eq!(poll(), Poll::Pending);
        assert_eq!(poll(), Poll::Ready(Some(Ok(Bytes::from("b")))));
    }
}
