//! Unpredictable bytes: identifiers and keys straight from the operating system, nonces and masks from a pool of them; text leaves as
//! base64url without padding (RFC 4648, section 5).

use std::cell::RefCell;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroize;

/// One system call serves this many bytes: 32 nonces of 128 bits.
const POOL_BYTES: usize = 512;

thread_local! {
    static POOL: RefCell<Pool> = const { RefCell::new(Pool { bytes: [0; POOL_BYTES], next: POOL_BYTES }) };
}

/// Bytes from the operating system that nobody has seen yet. What was handed out is wiped at once, so that a later look into
/// memory does not find earlier nonces.
struct Pool {
    bytes: [u8; POOL_BYTES],
    next: usize,
}

impl Pool {
    fn take(&mut self, out: &mut [u8]) {
        if out.len() > POOL_BYTES {
            return system(out);
        }
        if POOL_BYTES - self.next < out.len() {
            system(&mut self.bytes);
            self.next = 0;
        }
        let taken = &mut self.bytes[self.next..self.next + out.len()];
        out.copy_from_slice(taken);
        taken.zeroize();
        self.next += out.len();
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

/// Fills `out` from the pool of this thread.
///
/// # Security
/// Two processes that come from one memory, by `fork` without `exec` or from a snapshot of a machine, share the rest of the pool. Masks
/// lose nothing by it; of nonces, the at most 32 next ones of a thread can then be known from pages of the other process. What signs
/// somebody in, or names somebody, must not exist twice and comes from [`unshared`].
fn fill(out: &mut [u8]) {
    let pooled = POOL.try_with(|pool| pool.try_borrow_mut().map(|mut pool| pool.take(out)).is_ok());
    // The pool of a thread that is ending is gone: ask the system itself.
    if !matches!(pooled, Ok(true)) {
        system(out);
    }
}

/// `N` bytes of the operating system's that no copy of this process has too: for identifiers and tokens.
pub(crate) fn unshared<const N: usize>() -> [u8; N] {
    let mut out = [0; N];
    system(&mut out);
    out
}

/// `N` bytes from the pool: for nonces and masks.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut out = [0; N];
    fill(&mut out);
    out
}

/// `N` bytes from the pool as base64url text: 22 characters for 16 bytes.
pub(crate) fn text<const N: usize>() -> String {
    let mut raw = bytes::<N>();
    let text = URL_SAFE_NO_PAD.encode(raw);
    raw.zeroize();
    text
}

/// Asks the operating system, without the pool. A system that cannot give random bytes must not serve anyone: the process
/// ends, as Go's `crypto/rand` does, because any value that was returned instead could be guessed.
fn system(out: &mut [u8]) {
    if let Err(error) = getrandom::fill(out) {
        eprintln!(
            "secure-forms: the operating system gives no random bytes ({error}); nothing safe can be done without them"
        );
        std::process::abort();
    }
}

/// How much of this thread's pool was handed out.
#[cfg(test)]
pub(crate) fn next_of_pool() -> usize {
    POOL.with_borrow(|pool| pool.next)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_texts_are_the_same() {
        let texts: HashSet<String> = (0..10_000).map(|_| text::<16>()).collect();
        assert_eq!(texts.len(), 10_000);
    }

    #[test]
    fn what_was_handed_out_is_wiped_from_the_pool() {
        let first = bytes::<32>();
        POOL.with_borrow(|pool| assert!(!pool.bytes.windows(32).any(|window| window == first)));
    }

    #[test]
    fn what_must_not_exist_twice_does_not_come_from_the_pool() {
        let _ = bytes::<16>();
        let (before, next) = POOL.with_borrow(|pool| (pool.bytes, pool.next));
        let fresh = unshared::<16>();
        let after = POOL.with_borrow(|pool| (pool.bytes, pool.next));
        assert_eq!((before, next), after);
        assert!(!before.windows(16).any(|window| window == fresh));
    }

    #[test]
    fn more_than_a_pool_is_served_too() {
        let mut long = vec![0; POOL_BYTES * 3];
        fill(&mut long);
        assert!(long.chunks(16).all(|chunk| chunk != [0; 16]));
    }

    #[test]
    fn sixteen_bytes_are_twenty_two_url_safe_characters() {
        let text = text::<16>();
        assert_eq!(text.len(), 22);
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')));
    }
}
