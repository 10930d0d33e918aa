//! routes: attribute.
