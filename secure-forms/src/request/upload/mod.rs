//! A file that a person sent: its cleaned name, its size, and the type that its content shows. Kept in memory while small,
//! else in a temporary file without a name, which the system removes by itself.

mod content;
mod intake;
mod pixels;
mod zip;

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::filename::FileName;
use content::Content;

pub use content::UploadReader;
#[cfg(test)]
pub(super) use intake::BLOCKING;
pub(super) use intake::Intake;
pub use pixels::Pixels;

/// How much of a file is read at once where all of it is: 64 KiB.
const BLOCK: usize = 64 << 10;

/// A file that came with a form; cloning shares it.
///
/// ```
/// use secure_forms::{Form, Upload};
///
/// #[derive(Form)]
/// struct Share {
///     #[field(accept = ["image/*"], max_size = "10MiB", max_pixels = "12MP")]
///     photo: Upload,
/// }
///
/// /// Keeps the photo under a name that its content gives it.
/// fn keep(share: &Share) -> std::io::Result<String> {
///     let name: String = share.photo.sha256()?.iter().map(|byte| format!("{byte:02x}")).collect();
///     share.photo.persist(format!("/srv/photos/{name}"))?;
///     Ok(name)
/// }
/// # let _ = keep;
/// assert_eq!(Share::SPEC.fields[0].max_pixels, Some(12_000_000));
/// ```
///
/// What reads the file blocks if it is on disk (files of more than 64 KiB are): call it where blocking is allowed.
///
/// # Security
/// Its name is cleaned (no path, no control characters, no device names) and its type is the one that its content shows, never
/// the one that the client claims. A file whose name says one type and whose content is another is refused when the form is
/// bound; a picture under another picture's extension gets its own. Serve it as a [`Download`](crate::download::Download), never as HTML.
#[derive(Clone)]
pub struct Upload(Arc<Stored>);

struct Stored {
    name: FileName,
    content_type: Option<&'static str>,
    has_false_name: bool,
    pixels: Option<Pixels>,
    size: u64,
    content: Arc<Content>,
}

impl Upload {
    /// The file's name, fit for storing and for showing.
    pub fn file_name(&self) -> &FileName {
        &self.0.name
    }

    /// The media type that the content shows, where the name's extension agrees with it: the canonical one, as IANA registers
    /// it. `None` if the content shows none, which only a field without `accept` takes.
    pub fn content_type(&self) -> Option<&'static str> {
        self.0.content_type
    }

    /// The size in bytes.
    pub fn size(&self) -> u64 {
        self.0.size
    }

    /// Width and height of a PNG, JPEG, GIF, WebP or BMP, as its header states them; nothing of the picture is decoded.
    ///
    /// # Security
    /// A header that states too much is refused by `max_pixels` before a decoder makes room for it (CWE-409). It does not count
    /// the frames of an animation, and a decoder needs a limit of its own for what its format can hide elsewhere.
    pub fn pixels(&self) -> Option<Pixels> {
        self.0.pixels
    }

    /// Whether its name says another type than its content shows.
    pub(crate) fn has_false_name(&self) -> bool {
        self.0.has_false_name
    }

    /// A reader that stands at the file's beginning; each reader has a place of its own.
    ///
    /// ```
    /// use std::io::{self, Read};
    /// use secure_forms::Upload;
    /// use secure_forms::upload::UploadReader;
    ///
    /// /// The first line of a text, without reading the rest.
    /// fn beginning(file: &Upload) -> io::Result<String> {
    ///     let mut reader: UploadReader = file.reader();
    ///     let mut start = [0; 80];
    ///     let read = reader.read(&mut start)?;
    ///     println!("{}: {} bytes, {}", file.file_name().as_str(), file.size(), file.content_type().unwrap_or("of no known type"));
    ///     Ok(String::from_utf8_lossy(&start[..read]).lines().next().unwrap_or_default().to_owned())
    /// }
    /// # let _ = beginning;
    /// ```
    pub fn reader(&self) -> UploadReader {
        UploadReader::new(self.0.content.clone())
    }

    /// All bytes, in memory: for files whose `max_size` is small. Others have [`Upload::reader`] and [`Upload::persist`].
    ///
    /// # Errors
    /// What the disk says.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.reader().read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The SHA-256 digest of the bytes (FIPS 180-4): a name that the content gives itself.
    ///
    /// # Errors
    /// What the disk says.
    pub fn sha256(&self) -> io::Result<[u8; 32]> {
        let (mut reader, mut hash, mut block) = (self.reader(), Sha256::new(), vec![0; BLOCK]);
        loop {
            match reader.read(&mut block)? {
                0 => return Ok(hash.finalize().into()),
                read => hash.update(block.get(..read).unwrap_or_default()),
            }
        }
    }

    /// Writes the file to `path`, block by block, and waits until the disk has it.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] if anything is there, be it a link that leads nowhere; else what the disk says, and
    /// then nothing is left behind.
    ///
    /// # Security
    /// It never overwrites and follows no link at the path's end (CWE-59), and on Unix only the own user may read the file
    /// (mode 600). The path is yours to make: from an id or [`Upload::sha256`], not from the name that the sender chose.
    pub fn persist(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref();
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        self.write_to(file).inspect_err(|_| {
            // The first error is the one to tell.
            let _ = std::fs::remove_file(path);
        })
    }

    fn write_to(&self, mut file: File) -> io::Result<()> {
        io::copy(&mut io::BufReader::with_capacity(BLOCK, self.reader()), &mut file)?;
        file.sync_all()
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

#[cfg(test)]
mod tests {
    use std::io::{Seek, SeekFrom};

    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08";

    async fn upload(name: &str, chunks: &[&[u8]]) -> Upload {
        let mut intake = Intake::new(name);
        for chunk in chunks {
            intake = intake.take(chunk).await.unwrap();
        }
        intake.finish().await.unwrap()
    }

    #[tokio::test]
    async fn the_content_names_the_type() {
        let png = upload("a.png", &[PNG]).await;
        assert_eq!((png.content_type(), png.pixels()), (Some("image/png"), Some(Pixels { width: 640, height: 480 })));
        assert_eq!(upload("a.JPEG", &[b"\xff\xd8\xff\xe0\0\x10JFIF"]).await.content_type(), Some("image/jpeg"));
        assert_eq!(upload("blob", &[PNG]).await.content_type(), Some("image/png"));
    }

    #[tokio::test]
    async fn a_picture_under_another_pictures_name_gets_its_own_extension() {
        let png = upload("holiday.1.jpg", &[PNG]).await;
        assert_eq!((png.file_name().as_str(), png.content_type()), ("holiday.1.png", Some("image/png")));
        assert!(!png.has_false_name());
    }

    #[tokio::test]
    async fn a_name_that_says_another_type_is_false() {
        for (name, content) in [("a.txt", PNG), ("a.png", b"no picture"), ("a.pdf", PNG)] {
            let upload = upload(name, &[content]).await;
            assert_eq!(
                (upload.content_type(), upload.has_false_name()),
                (None, name != "a.txt" || content == PNG),
                "{name}"
            );
        }
    }

    #[tokio::test]
    async fn text_is_utf8_without_nul_also_across_chunks() {
        assert_eq!(upload("a.txt", &[b"caf\xc3", b"\xa9"]).await.content_type(), Some("text/plain"));
        assert_eq!(upload("a.txt", &[b"\xf0", b"\x9f", b"\x98", b"\x80!"]).await.content_type(), Some("text/plain"));
        assert_eq!(upload("a.txt", &[b"caf\xc3"]).await.content_type(), None);
        assert_eq!(upload("a.txt", &[b"caf\xc3", b"x"]).await.content_type(), None);
        assert_eq!(upload("a.txt", &[b"a\0b"]).await.content_type(), None);
        assert_eq!(upload("a.csv", &[b"a,b\n"]).await.content_type(), Some("text/csv"));
    }

    #[tokio::test]
    async fn a_large_file_moves_to_disk_whole_and_has_readers_of_its_own() {
        let chunk = [b'x'; 50_000];
        let large = upload("a.txt", &[&chunk, &chunk, b"end"]).await;
        assert_eq!(large.size(), 100_003);
        let bytes = large.read().unwrap();
        assert!(bytes.len() == 100_003 && bytes.ends_with(b"end"));
        let (mut first, mut second) = (large.reader(), large.reader());
        first.seek(SeekFrom::End(-3)).unwrap();
        let mut byte = [0];
        second.read_exact(&mut byte).unwrap();
        assert_eq!((std::io::read_to_string(first).unwrap().as_str(), byte), ("end", *b"x"));
        assert!(second.seek(SeekFrom::Current(-5)).is_err(), "before the beginning");
        assert_eq!(large.sha256().unwrap(), <[u8; 32]>::from(Sha256::digest(&bytes)));
    }

    #[tokio::test]
    async fn a_file_is_persisted_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept");
        let kept = upload("a.txt", &[&[b'x'; 70_000]]).await;
        kept.persist(&path).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), kept.read().unwrap());
        assert_eq!(kept.persist(&path).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert!(path.exists(), "what was there stays");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            let link = folder.path().join("link");
            std::os::unix::fs::symlink(folder.path().join("elsewhere"), &link).unwrap();
            assert!(kept.persist(&link).is_err() && !folder.path().join("elsewhere").exists());
        }
    }
}
