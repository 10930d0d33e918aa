//! The bytes of a body in one buffer, with a limit: no chunk is kept, however small the sender cuts them, because each would
//! keep the server's whole read buffer with it.

use super::{BodyProblem, PASSED_OVER};

/// The least by which the buffer grows: 16 KiB.
const STEP: usize = 16 << 10;

/// Takes a body in, chunk by chunk.
pub(crate) struct Collector {
    bytes: Vec<u8>,
    limit: usize,
    passed_over: u64,
}

impl Collector {
    /// At most `limit` bytes are kept.
    pub(crate) fn new(limit: usize) -> Self {
        Self { bytes: Vec::new(), limit, passed_over: 0 }
    }

    /// Adds a chunk. What is beyond the limit is passed over up to a bound, so that the sender hears the answer.
    ///
    /// # Errors
    /// The bound is reached, or there is no memory.
    pub(crate) fn push(&mut self, chunk: &[u8]) -> Result<(), BodyProblem> {
        if self.passed_over > 0 || self.bytes.len() + chunk.len() > self.limit {
            self.bytes = Vec::new();
            self.passed_over += chunk.len() as u64;
            return if self.passed_over <= PASSED_OVER { Ok(()) } else { Err(self.too_large()) };
        }
        if self.bytes.capacity() - self.bytes.len() < chunk.len() {
            // By an eighth, so that little is unused and each byte is moved a bounded number of times.
            let more = chunk.len().max(STEP).max(self.bytes.len() / 8);
            self.bytes.try_reserve_exact(more).map_err(|_| BodyProblem::NotStored)?;
        }
        self.bytes.extend_from_slice(chunk);
        Ok(())
    }

    /// The whole body.
    ///
    /// # Errors
    /// [`BodyProblem::BodyTooLarge`].
    pub(crate) fn finish(self) -> Result<Vec<u8>, BodyProblem> {
        if self.passed_over > 0 { Err(self.too_large()) } else { Ok(self.bytes) }
    }

    fn too_large(&self) -> BodyProblem {
        BodyProblem::BodyTooLarge { max: self.limit as u64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A body of `size` bytes in chunks of `chunk`: the body, and the most memory and the moved bytes on the way.
    fn collect(size: usize, chunk: usize, limit: usize) -> (Result<Vec<u8>, BodyProblem>, usize, usize) {
        let (mut collector, mut most, mut moved) = (Collector::new(limit), 0, 0);
        let body = vec![b'x'; size];
        for chunk in body.chunks(chunk) {
            let before = (collector.bytes.capacity(), collector.bytes.len());
            collector.push(chunk).unwrap();
            moved += if collector.bytes.capacity() == before.0 { 0 } else { before.1 };
            most = most.max(collector.bytes.capacity());
        }
        (collector.finish(), most, moved)
    }

    #[test]
    fn the_size_of_chunks_costs_neither_memory_nor_work() {
        let size = 256 << 10;
        for chunk in [1, 8, 64, 4096, size] {
            let (body, most, moved) = collect(size, chunk, size);
            assert_eq!(body.unwrap().len(), size);
            assert!(most <= size + (64 << 10), "{most} bytes for chunks of {chunk}");
            assert!(moved <= 12 * size, "{moved} bytes were moved for chunks of {chunk}");
        }
    }

    #[test]
    fn beyond_the_limit_nothing_is_kept_and_the_sender_is_heard_out_to_a_bound() {
        let (body, most, _) = collect(1 << 20, 4096, 100_000);
        assert_eq!(body, Err(BodyProblem::BodyTooLarge { max: 100_000 }));
        assert!(most <= 100_000 + (64 << 10));
        let mut endless = Collector::new(1);
        let chunk = vec![b'x'; 1 << 20];
        assert_eq!((0..1000).position(|_| endless.push(&chunk).is_err()), Some(64));
    }
}
