//! The schema of a program: the migrations, embedded by `schema!`, and the number that ties every checked statement to them.

use sha2::{Digest, Sha256};

/// The migrations of a program, in order. Made by [`schema!`](crate::schema).
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    files: &'static [(&'static str, &'static str)],
    hash: u64,
}

/// What `schema!` embeds. As with [`Checked`](super::Checked), the text is a constant.
#[doc(hidden)]
pub trait Migrations: 'static {
    /// Name and text of every file, in order.
    const FILES: &'static [(&'static str, &'static str)];
    /// The first eight bytes of a hash over all of them, the same as in every statement.
    const HASH: u64;
}

impl Schema {
    #[doc(hidden)]
    pub const fn of<M: Migrations>() -> Self {
        Self { files: M::FILES, hash: M::HASH }
    }

    /// The names of the migrations, in order.
    pub fn migrations(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.files.iter().map(|(name, _)| *name)
    }

    pub(super) fn files(&self) -> &'static [(&'static str, &'static str)] {
        self.files
    }

    /// The number that every statement checked against this schema carries.
    pub const fn hash(&self) -> u64 {
        self.hash
    }
}

/// What a database remembers of an applied migration. Line ends do not count: a checkout on Windows may change them.
pub(super) fn fingerprint(text: &str) -> String {
    let digest = Sha256::digest(text.replace("\r\n", "\n"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
