//! What of this site can be linked to: routes, redirects and assets are URLs for `html!` as they are.

use std::borrow::Cow;
use std::fmt::{self, Write};

use super::asset::{Asset, RemoteAsset};
use crate::html::SafeUrl;
use crate::html::place::{OwnUrl, Proved, Text, Url};
use crate::route::{AbsoluteUrl, AllowedRedirect, RoutePath, SafeRedirect};

impl Url for RoutePath {
    fn proved(&self) -> Proved<'_> {
        Proved::new(self.as_str())
    }
}

impl OwnUrl for RoutePath {}

/// Not an [`OwnUrl`]: it stays on this site, but a sender may have chosen the page.
impl Url for SafeRedirect {
    fn proved(&self) -> Proved<'_> {
        Proved::new(self.as_str())
    }
}

/// Not an [`OwnUrl`], as [`SafeRedirect`] is none, which it may be made from.
impl Url for AbsoluteUrl {
    fn proved(&self) -> Proved<'_> {
        Proved::new(self.as_str())
    }
}

/// As [`SafeRedirect`], and perhaps to an origin that is listed.
impl Url for AllowedRedirect {
    fn proved(&self) -> Proved<'_> {
        Proved::new(self.as_str())
    }
}

impl<K> Url for Asset<K> {
    fn proved(&self) -> Proved<'_> {
        Proved::new(self.url())
    }
}

impl<K> OwnUrl for Asset<K> {}

impl<K> Url for RemoteAsset<K> {
    fn proved(&self) -> Proved<'_> {
        Proved::new(self.url())
    }
}

/// The program names it, with the hash of what it holds.
impl<K> OwnUrl for RemoteAsset<K> {}

impl Text for RoutePath {
    fn write_text(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl Text for SafeRedirect {
    fn write_text(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl Text for AbsoluteUrl {
    fn write_text(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl From<RoutePath> for SafeUrl {
    fn from(path: RoutePath) -> Self {
        Self::proved(Cow::Owned(path.into_string()))
    }
}

impl From<SafeRedirect> for SafeUrl {
    fn from(redirect: SafeRedirect) -> Self {
        Self::proved(Cow::Owned(redirect.as_str().to_owned()))
    }
}

impl From<AbsoluteUrl> for SafeUrl {
    fn from(url: AbsoluteUrl) -> Self {
        Self::proved(Cow::Owned(url.as_str().to_owned()))
    }
}

impl<K> From<&Asset<K>> for SafeUrl {
    fn from(asset: &Asset<K>) -> Self {
        Self::proved(Cow::Borrowed(asset.url()))
    }
}
