//! form: check.
