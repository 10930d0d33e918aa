//! From untrusted values to `Valid<T>`, and back to a page.
