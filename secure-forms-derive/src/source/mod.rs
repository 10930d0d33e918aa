//! What the macros read of the disk, and nothing else: whoever asks where an expansion comes from finds all files here.

pub(crate) mod asset;
