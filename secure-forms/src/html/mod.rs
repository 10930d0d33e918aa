//! Markup made of escaped values.
