//! What the suites and the `conform` program share.
