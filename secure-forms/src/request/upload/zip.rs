//! The names in a ZIP archive, from its central directory (PKWARE APPNOTE, 4.3.12 and 4.3.16), which is what programs go by.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use secure_forms_core::media::{Container, ContainerNames};

/// The record at the end: its size without a comment, and the most with one.
const END: u64 = 22;
const MOST_END: u64 = END + 0xffff;
/// How much of a directory is read: names of tens of thousands of entries.
const MOST_DIRECTORY: u64 = 4 << 20;
/// The fixed part of a directory's entry.
const ENTRY: usize = 46;

/// What the archive is; a plain one, if its directory cannot be read.
pub(super) fn container<R: Read + Seek>(mut archive: R, size: u64) -> io::Result<Container> {
    let mut names = ContainerNames::default();
    if let Some((at, length)) = directory(&mut archive, size)? {
        archive.seek(SeekFrom::Start(at))?;
        let mut directory = BufReader::new(archive.take(length.min(MOST_DIRECTORY)));
        while let Some(name) = next_name(&mut directory)? {
            names.add(&name);
        }
    }
    Ok(names.container())
}

/// Where the directory is, and how long.
fn directory<R: Read + Seek>(archive: &mut R, size: u64) -> io::Result<Option<(u64, u64)>> {
    let mut end = Vec::new();
    let from = size.saturating_sub(MOST_END);
    archive.seek(SeekFrom::Start(from))?;
    archive.take(MOST_END).read_to_end(&mut end)?;
    let Some(at) = end.windows(4).rposition(|window| window == b"PK\x05\x06") else { return Ok(None) };
    let Some(length) = end.get(at + 12..at + 16).and_then(|bytes| bytes.first_chunk()) else { return Ok(None) };
    let length = u64::from(u32::from_le_bytes(*length));
    // It ends where the record begins: bytes before the archive do not move that.
    Ok((from + at as u64).checked_sub(length).map(|start| (start, length)))
}

/// The next entry's name; `None` behind the last, or where the directory is none.
fn next_name(directory: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut entry = Vec::new();
    directory.take(ENTRY as u64).read_to_end(&mut entry)?;
    let number =
        |at: usize| entry.get(at..at + 2).and_then(|bytes| bytes.first_chunk()).map(|bytes| u16::from_le_bytes(*bytes));
    let (true, Some(name), Some(extra), Some(comment)) =
        (entry.starts_with(b"PK\x01\x02"), number(28), number(30), number(32))
    else {
        return Ok(None);
    };
    let mut text = Vec::new();
    directory.take(u64::from(name)).read_to_end(&mut text)?;
    io::copy(&mut directory.take(u64::from(extra) + u64::from(comment)), &mut io::sink())?;
    Ok(Some(text))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// An archive with these names and nothing in them, and `comment` at its end.
    pub(super) fn archive(names: &[&str], comment: &[u8]) -> Vec<u8> {
        let (mut bytes, mut directory) = (b"PK\x03\x04 and what is in it".to_vec(), Vec::new());
        for name in names {
            directory.extend_from_slice(b"PK\x01\x02");
            directory.extend_from_slice(&[0; 24]);
            directory.extend_from_slice(&u16::try_from(name.len()).unwrap().to_le_bytes());
            directory.extend_from_slice(&[3, 0, 0, 0]);
            directory.extend_from_slice(&[0; 12]);
            directory.extend_from_slice(name.as_bytes());
            directory.extend_from_slice(b"xyz");
        }
        bytes.extend_from_slice(&directory);
        bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0\0\0\0\0");
        bytes.extend_from_slice(&u32::try_from(directory.len()).unwrap().to_le_bytes());
        bytes.extend_from_slice(&[0; 4]);
        bytes.extend_from_slice(&u16::try_from(comment.len()).unwrap().to_le_bytes());
        bytes.extend_from_slice(comment);
        bytes
    }

    fn of(bytes: &[u8]) -> Container {
        container(Cursor::new(bytes), bytes.len() as u64).unwrap()
    }

    #[test]
    fn the_order_of_names_is_free() {
        let word = ["[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "docProps/app.xml", "word/document.xml"];
        for first in 0..word.len() {
            let mut names = word;
            names.rotate_left(first);
            assert_eq!(of(&archive(&names, b"a comment")), Container::Word, "{names:?}");
        }
    }

    #[test]
    fn what_has_no_directory_is_an_archive_and_no_more() {
        let whole = archive(&["[Content_Types].xml", "xl/workbook.xml"], b"");
        assert_eq!(of(&whole), Container::Excel);
        for cut in 0..whole.len() - 10 {
            assert_eq!(of(&whole[..cut]), Container::Plain, "{cut}");
        }
        assert_eq!(of(&archive(&["notes.txt"], b"")), Container::Plain);
    }
}
