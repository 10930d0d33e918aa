//! A file that a person sent: its cleaned name, its size, and the type that its content shows. Kept in memory while small,
//! else in a temporary file without a name, which the system removes by itself.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

use super::filename::FileName;

/// Up to here a file stays in memory: 64 KiB.
const IN_MEMORY: usize = 64 << 10;
/// As many bytes as the magic numbers of any sniffed type need.
const HEAD: usize = 8 << 10;

/// A file that came with a form; cloning shares it.
///
/// # Security
/// Its name is cleaned (no path, no control characters, no device names) and its type is the one that its content shows, never
/// the one that the client claims. A name that claims another type than the content is refused when the form is bound.
/// Serve it as a `Download`, never as HTML.
#[derive(Clone)]
pub struct Upload(Arc<Stored>);

struct Stored {
    name: FileName,
    content_type: Option<&'static str>,
    size: u64,
    content: Content,
}

enum Content {
    Memory(Vec<u8>),
    File(Mutex<File>),
}

impl Upload {
    /// The file's name, fit for storing and for showing.
    pub fn file_name(&self) -> &FileName {
        &self.0.name
    }

    /// The media type that the content shows, where the name's extension agrees with it.
    pub fn content_type(&self) -> Option<&'static str> {
        self.0.content_type
    }

    /// The size in bytes.
    pub fn size(&self) -> u64 {
        self.0.size
    }

    /// All bytes. Blocks if the file is on disk: call it where blocking is allowed.
    ///
    /// # Errors
    /// What the disk says.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        match &self.0.content {
            Content::Memory(bytes) => Ok(bytes.clone()),
            Content::File(file) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(0))?;
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes)?;
                Ok(bytes)
            }
        }
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("content_type", &self.0.content_type)
            .field("size", &self.0.size)
            .finish_non_exhaustive()
    }
}

/// Takes a file in, chunk by chunk.
pub(super) struct Intake {
    name: FileName,
    head: Vec<u8>,
    text: TextCheck,
    size: u64,
    memory: Vec<u8>,
    file: Option<File>,
}

impl Intake {
    pub(super) fn new(name: &str) -> Self {
        let name = FileName::clean(name);
        Self { name, head: Vec::new(), text: TextCheck::default(), size: 0, memory: Vec::new(), file: None }
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Adds a chunk. Blocks once the file has moved to disk.
    pub(super) fn push(&mut self, chunk: &[u8]) -> io::Result<()> {
        let room = HEAD.saturating_sub(self.head.len()).min(chunk.len());
        self.head.extend_from_slice(chunk.get(..room).unwrap_or_default());
        self.text.push(chunk);
        self.size += chunk.len() as u64;
        if self.file.is_none() && self.memory.len() + chunk.len() <= IN_MEMORY {
            self.memory.extend_from_slice(chunk);
            return Ok(());
        }
        let file = match &mut self.file {
            Some(file) => file,
            slot => {
                let mut file = tempfile::tempfile()?;
                file.write_all(&std::mem::take(&mut self.memory))?;
                slot.insert(file)
            }
        };
        file.write_all(chunk)
    }

    pub(super) fn finish(self) -> Upload {
        let content_type = content_type(&self.head, &self.name.extension(), self.text.is_text());
        let content = match self.file {
            Some(file) => Content::File(Mutex::new(file)),
            None => Content::Memory(self.memory),
        };
        Upload(Arc::new(Stored { name: self.name, content_type, size: self.size, content }))
    }
}

/// Text without magic bytes, by the extensions that may name it.
const TEXTS: [(&str, &[&str]); 5] = [
    ("text/plain", &["txt", "text", "log", ""]),
    ("text/csv", &["csv"]),
    ("text/markdown", &["md", "markdown"]),
    ("application/json", &["json"]),
    ("image/svg+xml", &["svg"]),
];

/// Other names for the extension that the sniffer gives a type.
const ALIASES: [(&str, &str); 8] = [
    ("jpeg", "jpg"),
    ("jpe", "jpg"),
    ("tiff", "tif"),
    ("htm", "html"),
    ("mpeg", "mpg"),
    ("m4v", "mp4"),
    ("oga", "ogg"),
    ("svg", "xml"),
];

/// The type of a content whose name has this extension, if both agree.
fn content_type(head: &[u8], extension: &str, is_text: bool) -> Option<&'static str> {
    let extension = extension.to_ascii_lowercase();
    let of_text =
        || TEXTS.iter().find(|(_, extensions)| extensions.contains(&extension.as_str())).map(|(kind, _)| *kind);
    match infer::get(head) {
        Some(kind) if is_named(kind.extension(), &extension) => {
            Some(if extension == "svg" { "image/svg+xml" } else { kind.mime_type() })
        }
        Some(_) => None,
        None if is_text => of_text(),
        None => None,
    }
}

fn is_named(sniffed: &str, extension: &str) -> bool {
    sniffed == extension || ALIASES.contains(&(extension, sniffed))
}

/// Whether chunks are UTF-8 without NUL, also where a character is cut by a chunk's end.
#[derive(Default)]
struct TextCheck {
    is_broken: bool,
    cut: Vec<u8>,
}

impl TextCheck {
    fn push(&mut self, chunk: &[u8]) {
        if self.is_broken {
            return;
        }
        self.is_broken = chunk.contains(&0);
        let mut bytes = std::mem::take(&mut self.cut);
        bytes.extend_from_slice(chunk);
        if let Err(error) = std::str::from_utf8(&bytes) {
            match error.error_len() {
                Some(_) => self.is_broken = true,
                None => self.cut = bytes.split_off(error.valid_up_to()),
            }
        }
    }

    fn is_text(&self) -> bool {
        !self.is_broken && self.cut.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    fn upload(name: &str, chunks: &[&[u8]]) -> Upload {
        let mut intake = Intake::new(name);
        chunks.iter().for_each(|chunk| intake.push(chunk).unwrap());
        intake.finish()
    }

    #[test]
    fn the_content_names_the_type() {
        assert_eq!(upload("a.png", &[PNG]).content_type(), Some("image/png"));
        assert_eq!(upload("a.JPEG", &[b"\xff\xd8\xff\xe0\0\x10JFIF"]).content_type(), Some("image/jpeg"));
    }

    #[test]
    fn a_name_that_claims_another_type_has_none() {
        assert_eq!(upload("a.jpg", &[PNG]).content_type(), None);
        assert_eq!(upload("a.txt", &[PNG]).content_type(), None);
        assert_eq!(upload("a.png", &[b"no picture"]).content_type(), None);
    }

    #[test]
    fn text_is_utf8_without_nul_also_across_chunks() {
        assert_eq!(upload("a.txt", &[b"caf\xc3", b"\xa9"]).content_type(), Some("text/plain"));
        assert_eq!(upload("a.txt", &[b"caf\xc3"]).content_type(), None);
        assert_eq!(upload("a.txt", &[b"a\0b"]).content_type(), None);
        assert_eq!(upload("a.csv", &[b"a,b\n"]).content_type(), Some("text/csv"));
    }

    #[test]
    fn a_large_file_moves_to_disk_whole() {
        let chunk = [b'x'; 50_000];
        let large = upload("a.txt", &[&chunk, &chunk, b"end"]);
        assert_eq!(large.size(), 100_003);
        let bytes = large.read().unwrap();
        assert!(bytes.len() == 100_003 && bytes.ends_with(b"end"));
        assert_eq!(large.read().unwrap(), bytes, "it can be read again");
    }
}
