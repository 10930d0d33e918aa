//! How long somebody who has tried too often is to wait.

use std::time::Duration;

/// Wait this long before trying again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RetryAfter(pub(super) Duration);

impl RetryAfter {
    /// Whole seconds for the header `Retry-After`, at least one.
    pub fn seconds(self) -> u64 {
        self.0.as_secs() + 1
    }
}
