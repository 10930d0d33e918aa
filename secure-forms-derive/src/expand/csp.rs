//! `csp!`: expansion.
