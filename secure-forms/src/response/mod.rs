//! Headers, policy, nonces, assets, downloads.
