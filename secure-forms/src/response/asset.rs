//! [`Asset`]: a static file with its URL, its hash, its type and its bytes; [`RemoteAsset`]: one of another host with its hash.
//!
//! Sources: Subresource Integrity (W3C), RFC 8246 (`immutable`), HTML Standard 4.12.1 and 4.2.4 for the tags.

use std::fmt;
use std::marker::PhantomData;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use sha2::{Digest, Sha384};

use super::exchange::NonceError;
use super::literal;
use super::nonce::Nonce;
use crate::html::{Html, escape};

/// A static file of the site, known when the program is compiled; made by `asset!`.
///
/// | what | where it comes from |
/// |---|---|
/// | [`url`](Self::url) | `/assets/`, the file's name and a part of its hash: it changes with the file |
/// | [`integrity`](Self::integrity) | SHA-384 of the bytes |
/// | type | the file's extension |
/// | [`tag`](Self::tag) | scripts, modules and stylesheets only: always with its hash |
///
/// In [`html!`](crate::html!) the asset itself is the URL: `img src=(LOGO) alt="";`, `link rel="icon" href=(ICON);`, and its tag is content: `(STYLE.tag())`.
///
/// # Security
/// No tag without its hash: a cache or a proxy that changes the file makes browsers refuse it (CWE-353).
pub struct Asset<K> {
    file: AssetFile,
    kind: PhantomData<fn() -> K>,
}

/// What all assets have in common, whatever their tag.
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct AssetFile {
    url: &'static str,
    integrity: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
}

/// A file on another host, pinned by its hash; made by `remote_asset!`.
pub struct RemoteAsset<K> {
    url: &'static str,
    integrity: &'static str,
    kind: PhantomData<fn() -> K>,
}

/// A kind of asset that has a tag.
pub trait Tagged: private::Sealed {
    #[doc(hidden)]
    const OPENING: &'static str;
    #[doc(hidden)]
    const CLOSING: &'static str;
}

mod private {
    pub trait Sealed {}
    impl Sealed for super::Script {}
    impl Sealed for super::Module {}
    impl Sealed for super::Stylesheet {}
}

/// A classic script: `<script defer>`.
#[derive(Debug)]
pub enum Script {}

/// A module: `<script type="module">`.
#[derive(Debug)]
pub enum Module {}

/// A stylesheet: `<link rel="stylesheet">`.
#[derive(Debug)]
pub enum Stylesheet {}

/// Anything else: a picture, a font, a page of its own.
///
/// ```
/// use secure_forms::asset::{Asset, AssetFile, Module, RemoteAsset, Script, StaticFile, Stylesheet};
///
/// /// What a page loads: each is made by `asset!` or `remote_asset!`, and its type says which tag it gets.
/// struct Files {
///     app: Asset<Module>,
///     old_browsers: Asset<Script>,
///     style: Asset<Stylesheet>,
///     logo: Asset<StaticFile>,
///     library: RemoteAsset<Script>,
/// }
///
/// impl Files {
///     /// Those that this site serves.
///     fn own(&self) -> [AssetFile; 4] {
///         [self.app.file(), self.old_browsers.file(), self.style.file(), self.logo.file()]
///     }
/// }
/// # let _ = (Files::own, |files: Files| files.library);
/// ```
#[derive(Debug)]
pub enum StaticFile {}

impl Tagged for Script {
    const OPENING: &'static str = "<script defer src=\"";
    const CLOSING: &'static str = "></script>";
}

impl Tagged for Module {
    const OPENING: &'static str = "<script type=\"module\" src=\"";
    const CLOSING: &'static str = "></script>";
}

impl Tagged for Stylesheet {
    const OPENING: &'static str = "<link rel=\"stylesheet\" href=\"";
    const CLOSING: &'static str = ">";
}

fn tag<K: Tagged>(url: &str, integrity: &str, nonce: Option<&str>) -> Html {
    let mut out = String::from(K::OPENING);
    escape::url(&mut out, url);
    out.push_str("\" integrity=\"");
    escape::attribute(&mut out, integrity);
    // Without CORS a browser cannot check the hash of another origin's file.
    out.push_str("\" crossorigin=\"anonymous\"");
    if let Some(nonce) = nonce {
        out.push_str(" nonce=\"");
        escape::attribute(&mut out, nonce);
        out.push('"');
    }
    out.push_str(K::CLOSING);
    Html::from_escaped(out)
}

impl<K> Asset<K> {
    /// Where the file is served: a path that changes with its bytes.
    #[must_use]
    pub const fn url(&self) -> &'static str {
        self.file.url
    }

    /// `sha384-` and the hash in base64.
    #[must_use]
    pub const fn integrity(&self) -> &'static str {
        self.file.integrity
    }

    /// The file, for an [`AssetSet`](crate::asset::AssetSet).
    #[must_use]
    pub const fn file(&self) -> AssetFile {
        self.file
    }
}

impl<K: Tagged> Asset<K> {
    /// The tag, with `integrity` and `crossorigin`.
    pub fn tag(&self) -> Html {
        tag::<K>(self.file.url, self.file.integrity, None)
    }

    /// The tag with the response's nonce, which scripts need as soon as the page asks for one.
    ///
    /// # Errors
    /// As [`Nonce::value`].
    pub fn tag_with_nonce(&self, nonce: &Nonce) -> Result<Html, NonceError> {
        Ok(tag::<K>(self.file.url, self.file.integrity, Some(nonce.value()?)))
    }
}

impl<K> RemoteAsset<K> {
    /// The URL.
    #[must_use]
    pub const fn url(&self) -> &'static str {
        self.url
    }

    /// The hash that its bytes must have.
    #[must_use]
    pub const fn integrity(&self) -> &'static str {
        self.integrity
    }
}

impl<K: Tagged> RemoteAsset<K> {
    /// The tag, with `integrity` and `crossorigin`.
    pub fn tag(&self) -> Html {
        tag::<K>(self.url, self.integrity, None)
    }

    /// The tag with the response's nonce.
    ///
    /// # Errors
    /// As [`Nonce::value`].
    pub fn tag_with_nonce(&self, nonce: &Nonce) -> Result<Html, NonceError> {
        Ok(tag::<K>(self.url, self.integrity, Some(nonce.value()?)))
    }
}

impl AssetFile {
    /// Where the file is served.
    #[must_use]
    pub const fn url(&self) -> &'static str {
        self.url
    }

    /// What is served.
    #[must_use]
    pub const fn bytes(&self) -> &'static [u8] {
        self.bytes
    }

    /// Type, `nosniff`, and a year in every cache: the URL changes with the file.
    #[must_use]
    pub fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        // Of `asset!` it is one of a table; were it no header value, the file would be saved and not shown.
        let unknown = HeaderValue::from_static("application/octet-stream");
        headers.insert(CONTENT_TYPE, HeaderValue::try_from(self.content_type).unwrap_or(unknown));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
        headers
    }
}

impl fmt::Debug for AssetFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AssetFile").field("url", &self.url).field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

impl<K> fmt::Debug for Asset<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.file.fmt(f)
    }
}

impl<K> fmt::Debug for RemoteAsset<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteAsset").field("url", &self.url).field("integrity", &self.integrity).finish()
    }
}

/// The integrity value of some bytes: `sha384-` and their hash in base64.
///
/// ```
/// let empty = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
/// assert_eq!(secure_forms::asset::integrity(b""), empty);
/// ```
#[must_use]
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// What `asset!` expands to. Texts are read again: another URL than a path of this site leads nowhere.
#[must_use]
pub const fn local_asset<K>(
    url: &'static str,
    integrity: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
) -> Asset<K> {
    let (url, integrity) = (literal::site_path(url), literal::hash(integrity));
    Asset { file: AssetFile { url, integrity, content_type, bytes }, kind: PhantomData }
}

/// What `remote_asset!` expands to. Texts are read again: what is no https URL leads nowhere.
#[must_use]
pub const fn remote_asset_of<K>(url: &'static str, integrity: &'static str) -> RemoteAsset<K> {
    RemoteAsset { url: literal::https_url(url), integrity: literal::hash(integrity), kind: PhantomData }
}

/// A static file as one value: URL, hash, type, bytes, tag. The path is relative to the folder of `Cargo.toml`.
///
/// The file is read while the program compiles, and again when it changes. Its type follows from its extension; files of text types must be
/// UTF-8.
///
/// ```ignore
/// const APP: Asset<Script> = asset!("static/app.js");
/// page.push(&APP.tag());
/// ```
///
/// A file that is missing does not compile:
///
/// ```compile_fail
/// let missing = secure_forms::asset!("static/missing.js");
/// ```
#[cfg(feature = "derive")]
#[macro_export]
macro_rules! asset {
    ($($path:tt)*) => { $crate::__private_0_1::asset!([$crate] $($path)*) };
}

/// A script or a stylesheet of another host, pinned by its hash.
///
/// ```
/// let library = secure_forms::remote_asset!(
///     "https://cdn.example.org/library-1.2.3.js",
///     "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
/// );
/// assert_eq!(
///     library.tag().as_str(),
///     "<script defer src=\"https://cdn.example.org/library-1.2.3.js\" \
///      integrity=\"sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb\" crossorigin=\"anonymous\"></script>"
/// );
/// ```
///
/// Without its hash it does not compile:
///
/// ```compile_fail
/// let unpinned = secure_forms::remote_asset!("https://cdn.example.org/library-1.2.3.js");
/// ```
#[cfg(feature = "derive")]
#[macro_export]
macro_rules! remote_asset {
    ($($asset:tt)*) => { $crate::__private_0_1::remote_asset!([$crate] $($asset)*) };
}
