//! What the table of media types says of each.

use super::zip::Container;

/// One media type.
#[derive(Debug, PartialEq, Eq)]
pub struct MediaType {
    /// Its name.
    pub name: &'static str,
    /// Other names that are in use for it.
    pub aliases: &'static [&'static str],
    /// The extensions that files of it have, the usual one first, in lower case.
    pub extensions: &'static [&'static str],
    /// What its content looks like.
    pub content: Content,
    /// Whether a browser that shows it may run scripts in it.
    pub is_active: bool,
}

/// What bytes can show: types of one content are told from each other by the file's name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "formats are called what they are called")]
pub enum Content {
    /// UTF-8 without NUL.
    Text(Marks),
    Png,
    Jpeg,
    Gif,
    WebP,
    Bmp,
    Tiff,
    Heif,
    Avif,
    Jxl,
    Jp2,
    Ico,
    Psd,
    Mp3,
    Aac,
    Flac,
    Ogg,
    Wav,
    Aiff,
    Midi,
    Amr,
    /// The ISO base media file format, and QuickTime's, which it comes from.
    Mp4,
    Matroska,
    Avi,
    Asf,
    Flv,
    MpegPs,
    Woff,
    Woff2,
    TrueType,
    OpenType,
    FontCollection,
    Pdf,
    /// OLE compound files: Office before 2007.
    Ole,
    Sqlite,
    Zip(Container),
    Gzip,
    Tar,
    Bzip2,
    Xz,
    Zstd,
    SevenZip,
    Rar,
}

impl Content {
    /// Whether its header states width and height in a way that is read here.
    #[must_use]
    pub const fn states_pixels(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Gif | Self::WebP | Self::Bmp)
    }
}

/// What a text of a type always has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// Nothing that could be asked for.
    None,
    /// The first character that is no white space is one of these.
    First(&'static str),
    /// This stands near the beginning.
    Holds(&'static str),
}

impl MediaType {
    /// Whether it is a picture made of dots, which no browser runs.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        self.name.starts_with("image/") && !self.is_active
    }
}
