//! The static files of a package.

use std::path::{Path, PathBuf};

/// The file of this path below the folder of `Cargo.toml`, and its bytes. `None` if it cannot be read.
pub(crate) fn file(path: &str) -> Option<(PathBuf, Vec<u8>)> {
    let file = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR")?).join(path);
    let bytes = std::fs::read(&file).ok()?;
    Some((file, bytes))
}
