//! choice: check.
