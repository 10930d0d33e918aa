//! `safe_path!`: expansion.
