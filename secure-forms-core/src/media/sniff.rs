//! The first bytes of files whose formats begin in a way of their own. Text has none: it is told by being text.

use super::media_type::Content::{
    self, Aac, Aiff, Amr, Asf, Avi, Avif, Bmp, Bzip2, Flac, Flv, FontCollection, Gif, Gzip, Heif, Ico, Jp2, Jpeg, Jxl,
    Matroska, Midi, Mp3, Mp4, MpegPs, Ogg, Ole, OpenType, Pdf, Png, Psd, Rar, SevenZip, Sqlite, Tar, Tiff, TrueType,
    Wav, WebP, Woff, Woff2, Xz, Zip, Zstd,
};
use super::zip::Container;

/// First bytes, and what they begin.
const BEGINNINGS: &[(&[u8], Content)] = &[
    (b"\x89PNG\r\n\x1a\n", Png),
    (b"\xff\xd8\xff", Jpeg),
    (b"GIF87a", Gif),
    (b"GIF89a", Gif),
    (b"BM", Bmp),
    (b"II*\0", Tiff),
    (b"MM\0*", Tiff),
    (b"\xff\x0a", Jxl),
    (b"\0\0\0\x0cJXL \r\n\x87\n", Jxl),
    (b"\0\0\0\x0cjP  \r\n\x87\n", Jp2),
    (b"\0\0\x01\0", Ico),
    (b"8BPS", Psd),
    (b"ID3", Mp3),
    (b"fLaC", Flac),
    (b"OggS", Ogg),
    (b"MThd", Midi),
    (b"#!AMR", Amr),
    (b"\x1a\x45\xdf\xa3", Matroska),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Asf),
    (b"FLV\x01", Flv),
    (b"\0\0\x01\xba", MpegPs),
    (b"\0\0\x01\xb3", MpegPs),
    (b"wOFF", Woff),
    (b"wOF2", Woff2),
    (b"\0\x01\0\0", TrueType),
    (b"true\0", TrueType),
    (b"OTTO", OpenType),
    (b"ttcf", FontCollection),
    (b"%PDF-", Pdf),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Ole),
    (b"SQLite format 3\0", Sqlite),
    (b"PK\x03\x04", Zip(Container::Plain)),
    (b"PK\x05\x06", Zip(Container::Plain)),
    (b"\x1f\x8b", Gzip),
    (b"BZh", Bzip2),
    (b"\xfd7zXZ\0", Xz),
    (b"\x28\xb5\x2f\xfd", Zstd),
    (b"7z\xbc\xaf\x27\x1c", SevenZip),
    (b"Rar!\x1a\x07", Rar),
];

/// What the first bytes of a file show; a ZIP container may be more than that, which its names tell.
///
/// ```
/// use secure_forms_core::media::{Content, sniff};
/// assert_eq!(sniff(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Some(Content::Png));
/// assert_eq!(sniff(b"hello"), None);
/// ```
#[must_use]
pub fn sniff(head: &[u8]) -> Option<Content> {
    let simple = BEGINNINGS.iter().find(|(beginning, _)| head.starts_with(beginning)).map(|(_, content)| *content);
    simple.or_else(|| chunked(head)).or_else(|| boxed(head)).or_else(|| frames(head)).or_else(|| tar(head))
}

/// RIFF and IFF: a form type behind the size.
fn chunked(head: &[u8]) -> Option<Content> {
    match (head.get(..4)?, head.get(8..12)?) {
        (b"RIFF" | b"RF64", b"WAVE") => Some(Wav),
        (b"RIFF", b"WEBP") => Some(WebP),
        (b"RIFF", b"AVI ") => Some(Avi),
        (b"FORM", b"AIFF" | b"AIFC") => Some(Aiff),
        _ => None,
    }
}

/// ISO 14496-12: a box of a type, and in the first the brands; QuickTime before it had no brands.
fn boxed(head: &[u8]) -> Option<Content> {
    match head.get(4..8)? {
        b"ftyp" => {}
        b"moov" | b"mdat" | b"wide" | b"free" | b"skip" | b"pnot" => return Some(Mp4),
        _ => return None,
    }
    let size = u32::from_be_bytes(*head.first_chunk()?) as usize;
    let brands = head.get(8..size.min(head.len())).unwrap_or_default();
    let has = |wanted: &[&[u8; 4]]| brands.chunks(4).any(|brand| wanted.iter().any(|wanted| brand == *wanted));
    Some(match () {
        () if has(&[b"avif", b"avis"]) => Avif,
        () if has(&[b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"]) => Heif,
        () => Mp4,
    })
}

/// MPEG audio without a tag: a frame's twelve bits of one, its layer, and no value that is reserved (ISO 11172-3, 2.4.2.3).
fn frames(head: &[u8]) -> Option<Content> {
    let [0xff, second, third, ..] = *head else { return None };
    match second & 0xf6 {
        0xf0 => Some(Aac),
        0xf2 if third >> 4 != 0xf && third >> 2 & 3 != 3 => Some(Mp3),
        _ => None,
    }
}

/// POSIX.1-2008, ustar: a magic in the header of the first file.
fn tar(head: &[u8]) -> Option<Content> {
    head.get(257..262).filter(|magic| magic == b"ustar").map(|_| Tar)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_first_bytes() {
        let mut tar = vec![b'a'; 512];
        tar[257..262].copy_from_slice(b"ustar");
        for (head, content) in [
            (&b"RIFF\0\0\0\0WEBPVP8 "[..], WebP),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", Avif),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Heif),
            (b"\0\0\0\x14ftypM4A \0\0\0\0isom", Mp4),
            (b"\0\0\0\x08wide\0\0\0\0mdat", Mp4),
            (b"\xff\xfb\x90\x64", Mp3),
            (b"\xff\xf1\x50\x80", Aac),
            (&tar, Tar),
        ] {
            assert_eq!(sniff(head), Some(content), "{head:?}");
        }
    }

    #[test]
    fn anything_else_is_nothing() {
        for head in [&b""[..], b"\xff", b"\xff\xff\xff\xff", b"\0\0\0\0ftyq", b"RIFF\0\0\0\0XXXX", b"hello"] {
            assert_eq!(sniff(head), None, "{head:?}");
        }
    }
}
