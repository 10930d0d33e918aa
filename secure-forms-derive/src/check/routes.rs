//! routes: check.
