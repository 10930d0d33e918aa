//! What a ZIP archive is beside being one: the names inside tell, in whichever order they stand.

/// What the names in a ZIP archive make of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Container {
    /// Nothing but an archive.
    #[default]
    Plain,
    /// A text document of Office Open XML.
    Word,
    /// Its workbook.
    Excel,
    /// Its presentation.
    PowerPoint,
    /// A document of OpenDocument.
    OpenDocument,
    /// A book.
    Epub,
    /// A Java archive.
    Jar,
}

/// Gathers the names of an archive.
///
/// ```
/// use secure_forms_core::media::{Container, ContainerNames};
///
/// let mut names = ContainerNames::default();
/// for name in ["docProps/core.xml", "word/document.xml", "[Content_Types].xml"] {
///     names.add(name.as_bytes());
/// }
/// assert_eq!(names.container(), Container::Word);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct ContainerNames {
    content_types: bool,
    part: Container,
    manifest: bool,
    content: bool,
    epub: bool,
    jar: bool,
}

impl ContainerNames {
    /// Adds the name of one entry.
    pub fn add(&mut self, name: &[u8]) {
        match name {
            b"[Content_Types].xml" => self.content_types = true,
            b"META-INF/manifest.xml" => self.manifest = true,
            b"content.xml" => self.content = true,
            b"META-INF/container.xml" => self.epub = true,
            b"META-INF/MANIFEST.MF" => self.jar = true,
            name if name.starts_with(b"word/") => self.part = Container::Word,
            name if name.starts_with(b"xl/") => self.part = Container::Excel,
            name if name.starts_with(b"ppt/") => self.part = Container::PowerPoint,
            _ => {}
        }
    }

    /// What they make of the archive.
    #[must_use]
    pub fn container(self) -> Container {
        match self {
            Self { content_types: true, part, .. } if part != Container::Plain => part,
            Self { manifest: true, content: true, .. } => Container::OpenDocument,
            Self { epub: true, .. } => Container::Epub,
            Self { jar: true, .. } => Container::Jar,
            _ => Container::Plain,
        }
    }
}
