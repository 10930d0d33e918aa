//! A connection as the HTTP library sees it. Two things are done here that the library does not: its own answers (400, 414, 431, to what
//! is no request) get the security headers, and after an answer to a body that was not read, the rest is read and forgotten. A socket that
//! closes with unread bytes sends a reset, and browsers then show that instead of the answer (RFC 9112, section 9.6).

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use secure_forms::headers::BareAnswers;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// The most of a body that is read and forgotten.
const MAX_REST: usize = 64 << 20;

/// The stream, and how far it is.
pub(super) struct Wire<S> {
    stream: S,
    bare: Arc<BareAnswers>,
    /// An answer of the library's own that is being written, with the headers in it.
    own: Option<Own>,
    /// Whether the last request had a body, some of which may come after the answer.
    has_body: Arc<AtomicBool>,
    patience: Duration,
    rest: Option<Rest>,
}

struct Own {
    bytes: Vec<u8>,
    written: usize,
    claimed: usize,
}

struct Rest {
    deadline: Pin<Box<Sleep>>,
    bytes: usize,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    pub(super) fn new(stream: S, bare: Arc<BareAnswers>, has_body: Arc<AtomicBool>, patience: Duration) -> Self {
        Self { stream, bare, own: None, has_body, patience, rest: None }
    }

    fn with_headers(&self, bytes: &[u8]) -> Option<Own> {
        let whole = self.bare.complete(bytes)?;
        Some(Own { bytes: whole, written: 0, claimed: bytes.len() })
    }

    fn poll_own(&mut self, cx: &mut Context<'_>) -> Poll<Result<usize>> {
        let Some(own) = &mut self.own else { return Poll::Ready(Ok(0)) };
        while own.written < own.bytes.len() {
            match ready!(Pin::new(&mut self.stream).poll_write(cx, &own.bytes[own.written..]))? {
                0 => return Poll::Ready(Err(std::io::ErrorKind::WriteZero.into())),
                more => own.written += more,
            }
        }
        let claimed = own.claimed;
        self.own = None;
        Poll::Ready(Ok(claimed))
    }

    /// Reads what still comes, until the client has seen the end, or it is enough.
    fn poll_rest(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let rest = self.rest.get_or_insert_with(|| Rest { deadline: Box::pin(sleep(self.patience)), bytes: 0 });
        let mut room = [0; 8192];
        loop {
            if rest.deadline.as_mut().poll(cx).is_ready() || rest.bytes > MAX_REST {
                return Poll::Ready(());
            }
            let mut buffer = ReadBuf::new(&mut room);
            match ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buffer)) {
                Ok(()) if !buffer.filled().is_empty() => rest.bytes += buffer.filled().len(),
                Ok(()) | Err(_) => return Poll::Ready(()),
            }
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Wire<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Wire<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        if self.own.is_none() {
            self.own = self.with_headers(bytes);
        }
        if self.own.is_some() {
            return self.poll_own(cx);
        }
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        if self.own.is_none() {
            self.own = bytes.first().and_then(|first| self.with_headers(first));
        }
        if self.own.is_some() {
            return self.poll_own(cx);
        }
        Pin::new(&mut self.stream).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        if self.rest.is_none() {
            ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
        }
        if !self.has_body.load(Ordering::Relaxed) {
            return Poll::Ready(Ok(()));
        }
        self.poll_rest(cx).map(Ok)
    }
}
