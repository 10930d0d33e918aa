//! The chunks of a body as one buffer of a size of ours: the sender chooses the chunks, so nothing may be done once per chunk
//! but copying it.

use std::pin::Pin;

use bytes::{Buf, Bytes};
use futures_util::{Stream, StreamExt};

use crate::request::BodyProblem;

/// A body's bytes, taken in as far as the buffer goes.
pub(super) struct Source<S> {
    chunks: Pin<Box<S>>,
    /// What of the last chunk is not in the buffer yet.
    rest: Bytes,
    broken: Option<BodyProblem>,
    buffer: Vec<u8>,
    /// How much of the buffer is used up.
    used: usize,
    /// How many bytes have come into the buffer.
    taken: usize,
    #[cfg(test)]
    pub(super) work: Work,
}

/// What the reading cost.
#[cfg(test)]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Work {
    pub(super) fills: usize,
    pub(super) most: usize,
}

impl<S: Stream<Item = Result<Bytes, BodyProblem>>> Source<S> {
    /// A body that begins with `start`.
    pub(super) fn new(chunks: S, start: &[u8]) -> Self {
        Self {
            chunks: Box::pin(chunks),
            rest: Bytes::new(),
            broken: None,
            buffer: start.to_vec(),
            used: 0,
            taken: 0,
            #[cfg(test)]
            work: Work::default(),
        }
    }

    /// What is in the buffer and not used up.
    pub(super) fn unused(&self) -> &[u8] {
        self.buffer.get(self.used..).unwrap_or_default()
    }

    pub(super) fn use_up(&mut self, bytes: usize) {
        self.used += bytes;
    }

    /// How many bytes of the body have been in the buffer.
    pub(super) fn taken(&self) -> usize {
        self.taken
    }

    /// Waits until the buffer holds `size` bytes or the body has ended; answers whether bytes came.
    ///
    /// # Errors
    /// What the stream says.
    pub(super) async fn fill(&mut self, size: usize) -> Result<bool, BodyProblem> {
        self.buffer.drain(..self.used.min(self.buffer.len()));
        self.used = 0;
        let before = self.buffer.len();
        while self.buffer.len() < size {
            if self.rest.is_empty() {
                match self.chunks.next().await {
                    Some(Ok(chunk)) => self.rest = chunk,
                    Some(Err(problem)) => self.broken = Some(problem),
                    None => break,
                }
            }
            if self.broken.is_some() {
                break;
            }
            let taken = size.saturating_sub(self.buffer.len()).min(self.rest.len());
            self.make_room(taken, size);
            self.buffer.extend_from_slice(self.rest.get(..taken).unwrap_or_default());
            self.rest.advance(taken);
        }
        self.taken = self.taken.saturating_add(self.buffer.len() - before);
        #[cfg(test)]
        {
            self.work.fills += 1;
            self.work.most = self.work.most.max(self.buffer.capacity() + self.rest.len());
        }
        // What came before the stream broke is good.
        match (self.buffer.len() > before, self.broken) {
            (false, Some(problem)) => Err(problem),
            (came, _) => Ok(came),
        }
    }

    /// Doubles the buffer, but not beyond `size`.
    fn make_room(&mut self, more: usize, size: usize) {
        let (length, capacity) = (self.buffer.len(), self.buffer.capacity());
        if capacity - length < more {
            let grown = capacity.saturating_mul(2).min(size).max(length + more);
            self.buffer.reserve_exact(grown - length);
        }
    }
}
