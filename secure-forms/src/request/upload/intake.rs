//! Bytes become an [`Upload`]: blocks of 64 KiB go to the disk, whatever pieces they came in, so that a small piece costs no
//! more than being copied.

use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex};

use secure_forms_core::media::{self, Content as Shown, Finding};

use super::content::{Content, UploadReader};
use super::{BLOCK, Stored, Upload, pixels, zip};
use crate::request::BodyProblem;
use crate::request::filename::FileName;

/// As many bytes as the first bytes of any known type, and the marks of a text.
const HEAD: u64 = 8 << 10;

/// Takes a file in, piece by piece.
pub(crate) struct Intake {
    name: FileName,
    text: TextCheck,
    size: u64,
    /// What is not on disk: a file of one block never is.
    block: Vec<u8>,
    file: Option<File>,
}

impl Intake {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: FileName::clean(name), text: TextCheck::default(), size: 0, block: Vec::new(), file: None }
    }

    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Adds bytes. What does not fit into the block makes room first.
    ///
    /// # Errors
    /// [`BodyProblem::NotStored`].
    pub(crate) async fn take(mut self, mut bytes: &[u8]) -> Result<Self, BodyProblem> {
        self.text.push(bytes);
        self.size += bytes.len() as u64;
        loop {
            let fits = BLOCK.saturating_sub(self.block.len()).min(bytes.len());
            let (now, later) = bytes.split_at(fits);
            self.block.extend_from_slice(now);
            if later.is_empty() {
                return Ok(self);
            }
            bytes = later;
            self = blocking(move || self.write().map(|()| self)).await?;
        }
    }

    /// Moves the block to disk.
    fn write(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        file.write_all(&self.block)?;
        self.block.clear();
        Ok(())
    }

    /// The whole file.
    ///
    /// # Errors
    /// [`BodyProblem::NotStored`].
    pub(crate) async fn finish(self) -> Result<Upload, BodyProblem> {
        if self.file.is_some() {
            blocking(|| self.inspected()).await
        } else {
            self.inspected().map_err(|_| BodyProblem::NotStored)
        }
    }

    /// Looks into the content for its type and its pixels.
    fn inspected(mut self) -> io::Result<Upload> {
        if self.file.is_some() {
            self.write()?;
        }
        let content = Arc::new(match self.file {
            Some(file) => Content::File(Mutex::new(file), self.size),
            None => Content::Memory(self.block),
        });
        let reader = || UploadReader::new(content.clone());
        let mut head = Vec::new();
        reader().take(HEAD).read_to_end(&mut head)?;
        let shown = match media::sniff(&head) {
            Some(Shown::Zip(_)) => Some(Shown::Zip(zip::container(reader(), self.size)?)),
            shown => shown,
        };
        let finding = media::decide(&head, shown, self.text.is_text(), &self.name.extension());
        let (content_type, name) = match finding {
            Finding::Is(kind) => (Some(kind.name), self.name),
            Finding::Renamed(kind) => {
                (Some(kind.name), self.name.with_extension(kind.extensions.first().unwrap_or(&"")))
            }
            Finding::Unknown | Finding::Lies => (None, self.name),
        };
        let pixels = if content_type.is_some() { pixels::read(shown, &head, reader())? } else { None };
        let has_false_name = finding == Finding::Lies;
        Ok(Upload(Arc::new(Stored { name, content_type, has_false_name, pixels, size: self.size, content })))
    }
}

/// Work that may block happens where blocking is allowed.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, BodyProblem> {
    #[cfg(test)]
    BLOCKING.with(|count| count.set(count.get() + 1));
    tokio::task::spawn_blocking(work).await.ok().and_then(Result::ok).ok_or(BodyProblem::NotStored)
}

#[cfg(test)]
thread_local! {
    /// How often blocking work was asked for on this thread.
    pub(crate) static BLOCKING: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Whether pieces are UTF-8 without NUL, also where a character is cut by a piece's end.
#[derive(Default)]
struct TextCheck {
    is_broken: bool,
    /// The beginning of a character, and how much of it there is.
    cut: ([u8; 4], usize),
}

impl TextCheck {
    fn push(&mut self, mut piece: &[u8]) {
        while !self.is_broken && self.cut.1 > 0 {
            let Some((first, rest)) = piece.split_first() else { return };
            piece = rest;
            let (bytes, length) = &mut self.cut;
            bytes[*length] = *first;
            *length += 1;
            match std::str::from_utf8(&bytes[..*length]) {
                Ok(_) => *length = 0,
                Err(error) => self.is_broken = error.error_len().is_some() || *length == bytes.len(),
            }
        }
        if self.is_broken || piece.contains(&0) {
            self.is_broken = true;
            return;
        }
        if let Err(error) = std::str::from_utf8(piece) {
            let cut = piece.get(error.valid_up_to()..).unwrap_or_default();
            match (error.error_len(), self.cut.0.get_mut(..cut.len())) {
                (None, Some(bytes)) => {
                    bytes.copy_from_slice(cut);
                    self.cut.1 = cut.len();
                }
                _ => self.is_broken = true,
            }
        }
    }

    fn is_text(&self) -> bool {
        !self.is_broken && self.cut.1 == 0
    }
}
