//! How large a picture is, from its header alone: a few bytes that say 60,000 × 60,000 must not reach a decoder (CWE-409).
//!
//! Sources: PNG 3rd edition, 11.2.1; GIF89a, 18; BMP (`BITMAPCOREHEADER`, `BITMAPINFOHEADER`); WebP (RFC 9649, 2.5 to 2.7);
//! JPEG (ITU-T T.81, B.2.2).

use std::io::{self, Read, Seek, SeekFrom};

use secure_forms_core::media::Content;

/// Width and height in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Pixels {
    /// How many there are.
    ///
    /// ```
    /// use secure_forms::upload::Pixels;
    /// assert_eq!(Pixels { width: 4000, height: 3000 }.count(), 12_000_000);
    /// ```
    pub fn count(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// The most segments of a JPEG before its frame: pictures have a dozen.
const MOST_SEGMENTS: usize = 1000;

/// The size that a picture's header states; `None` if it is of no format that is read here, or states none.
pub(super) fn read<R: Read + Seek>(content: Option<Content>, head: &[u8], picture: R) -> io::Result<Option<Pixels>> {
    Ok(match content {
        Some(Content::Png) => {
            head.get(12..16).filter(|chunk| chunk == b"IHDR").and_then(|_| both(be32(head, 16), be32(head, 20)))
        }
        Some(Content::Gif) => both(le16(head, 6), le16(head, 8)),
        Some(Content::Bmp) => bmp(head),
        Some(Content::WebP) => webp(head),
        Some(Content::Jpeg) => jpeg(picture)?,
        _ => None,
    })
}

/// A size of nothing is no size: what it would mean is up to the decoder.
fn both(width: Option<u32>, height: Option<u32>) -> Option<Pixels> {
    let (width, height) = (width.filter(|width| *width > 0)?, height.filter(|height| *height > 0)?);
    Some(Pixels { width, height })
}

fn bmp(head: &[u8]) -> Option<Pixels> {
    match le32(head, 14)? {
        12 => both(le16(head, 18), le16(head, 20)),
        // A negative height is a picture from top to bottom.
        _ => both(le32(head, 18), le32(head, 22).map(|height| height.cast_signed().unsigned_abs())),
    }
}

fn webp(head: &[u8]) -> Option<Pixels> {
    match head.get(12..16)? {
        b"VP8 " => both(le16(head, 26).map(|width| width & 0x3fff), le16(head, 28).map(|height| height & 0x3fff)),
        b"VP8L" => {
            let bits = le32(head, 21)?;
            both(Some((bits & 0x3fff) + 1), Some((bits >> 14 & 0x3fff) + 1))
        }
        b"VP8X" => both(le24(head, 24).map(|width| width + 1), le24(head, 27).map(|height| height + 1)),
        _ => None,
    }
}

/// The frame header stands behind segments of any size: previews, profiles.
fn jpeg<R: Read + Seek>(mut picture: R) -> io::Result<Option<Pixels>> {
    picture.seek(SeekFrom::Start(2))?;
    for _ in 0..MOST_SEGMENTS {
        let mut segment = Vec::new();
        (&mut picture).take(9).read_to_end(&mut segment)?;
        let (Some([0xff, marker]), Some(length)) = (segment.first_chunk(), be16(&segment, 2)) else { return Ok(None) };
        let back = match marker {
            // Any number of these may stand before a marker.
            0xff => 1 - segment.len().cast_signed(),
            // A frame, but not one of the tables whose markers stand between those of frames.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                return Ok(both(be16(&segment, 7), be16(&segment, 5)));
            }
            0x01 | 0xd0..=0xd7 => 2 - segment.len().cast_signed(),
            0xd8..=0xda => return Ok(None),
            _ => 2 + length as isize - segment.len().cast_signed(),
        };
        picture.seek(SeekFrom::Current(back as i64))?;
    }
    Ok(None)
}

fn bytes<const N: usize>(from: &[u8], at: usize) -> Option<[u8; N]> {
    from.get(at..)?.first_chunk().copied()
}

fn be32(from: &[u8], at: usize) -> Option<u32> {
    bytes(from, at).map(u32::from_be_bytes)
}

fn le32(from: &[u8], at: usize) -> Option<u32> {
    bytes(from, at).map(u32::from_le_bytes)
}

fn le24(from: &[u8], at: usize) -> Option<u32> {
    bytes(from, at).map(|[low, middle, high]| u32::from_le_bytes([low, middle, high, 0]))
}

fn be16(from: &[u8], at: usize) -> Option<u32> {
    bytes(from, at).map(|bytes| u16::from_be_bytes(bytes).into())
}

fn le16(from: &[u8], at: usize) -> Option<u32> {
    bytes(from, at).map(|bytes| u16::from_le_bytes(bytes).into())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use secure_forms_core::media::sniff;

    use super::*;

    fn size(picture: &[u8]) -> Option<(u32, u32)> {
        let pixels = read(sniff(picture), picture, Cursor::new(picture)).unwrap();
        pixels.map(|pixels| (pixels.width, pixels.height))
    }

    fn bmp_of(header: u32, size: &[u8]) -> Vec<u8> {
        [&b"BM\0\0\0\0\0\0\0\0\x1a\0\0\0"[..], &header.to_le_bytes(), size].concat()
    }

    #[test]
    fn every_format_states_its_size_in_its_own_way() {
        assert_eq!(size(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08"), Some((60_000, 60_000)));
        assert_eq!(size(b"GIF89a\x80\x02\xe0\x01"), Some((640, 480)));
        assert_eq!(size(&bmp_of(12, &[0x80, 2, 0xe0, 1])), Some((640, 480)));
        assert_eq!(
            size(&bmp_of(40, &[&640_u32.to_le_bytes()[..], &(-480_i32).to_le_bytes()].concat())),
            Some((640, 480))
        );
        assert_eq!(size(b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\xe0\x41"), Some((640, 480)));
        let lossless = (639_u32 | 479 << 14).to_le_bytes();
        assert_eq!(size(&[&b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f"[..], &lossless].concat()), Some((640, 480)));
        assert_eq!(size(b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0"), Some((640, 480)));
    }

    #[test]
    fn a_jpegs_frame_is_found_behind_its_other_segments() {
        let preview = [&b"\xff\xe1\xff\xff"[..], &[0xff; 0xfffd]].concat();
        let table = b"\xff\xc4\0\x04\0\0";
        let frame = b"\xff\xff\xff\xc2\0\x11\x08\x01\xe0\x02\x80";
        let picture = [&b"\xff\xd8"[..], &preview, &preview, table, b"\xff\xd0", frame].concat();
        assert_eq!(size(&picture), Some((640, 480)));
        assert_eq!(size(b"\xff\xd8\xff\xda\0\x04\0\0\xff\xc0\0\x11\x08\x01\xe0\x02\x80"), None, "behind the scan");
        let endless = [&b"\xff\xd8"[..], &b"\xff\xe0\0\x02".repeat(MOST_SEGMENTS), frame].concat();
        assert_eq!(size(&endless), None);
    }

    #[test]
    fn what_states_no_size_has_none() {
        for picture in
            [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"[..], b"GIF89a\0\0\xe0\x01", b"BM", b"\xff\xd8\xff\xe0\0\0", b"text"]
        {
            assert_eq!(size(picture), None, "{picture:?}");
        }
    }
}
