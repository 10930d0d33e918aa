//! The compile-fail suite of routes and redirects.
