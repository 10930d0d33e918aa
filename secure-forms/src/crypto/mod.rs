//! Keys, message authentication, randomness.
