//! Request bytes become named, untrusted values.
