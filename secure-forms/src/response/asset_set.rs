//! [`AssetSet`]: the static files of a site by their URLs.

use super::asset::AssetFile;

/// The static files that a site serves; only these, whatever path is asked for.
///
/// ```
/// use secure_forms::asset::AssetSet;
///
/// let assets = AssetSet::new([]);
/// assert!(assets.find("/assets/../Cargo.toml").is_none());
/// ```
#[derive(Clone, Debug, Default)]
pub struct AssetSet(Vec<AssetFile>);

impl AssetSet {
    /// Gathers the files, as [`Asset::file`](crate::asset::Asset::file) gives them.
    #[must_use]
    pub fn new(files: impl IntoIterator<Item = AssetFile>) -> Self {
        let mut files: Vec<_> = files.into_iter().collect();
        files.sort_unstable_by_key(|file| file.url());
        files.dedup_by_key(|file| file.url());
        Self(files)
    }

    /// The file whose URL this path is.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<&AssetFile> {
        let at = self.0.binary_search_by(|file| file.url().cmp(path)).ok()?;
        self.0.get(at)
    }

    /// All files.
    pub fn iter(&self) -> impl Iterator<Item = &AssetFile> {
        self.0.iter()
    }
}
