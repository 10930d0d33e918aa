//! choice: attribute.
