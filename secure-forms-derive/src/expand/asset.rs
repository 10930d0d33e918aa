//! `asset!`: expansion.
