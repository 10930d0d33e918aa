//! A stack that is large enough. The parser and the walks over its trees recurse; their depth is bounded, but an
//! unoptimised build of the parser takes tens of kilobytes a level, more than a test's or a compiler's thread may have left.

use std::thread;

/// Measured: the deepest statement that is let through takes less than a quarter of it in an unoptimised build. Pages
/// that are not touched cost nothing.
const SIZE: usize = 64 << 20;

/// Runs `work` on a stack of its own; `None` if the system gives no thread, or the work panicked.
pub(crate) fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| thread::Builder::new().stack_size(SIZE).spawn_scoped(scope, work).ok()?.join().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_result_comes_back() {
        let borrowed = String::from("text");
        assert_eq!(on_large_stack(|| borrowed.len()), Some(4));
    }
}
