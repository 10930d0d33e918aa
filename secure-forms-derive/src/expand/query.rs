//! `query!`: expansion.
