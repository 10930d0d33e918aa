//! form: attribute.
