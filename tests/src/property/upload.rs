//! Files of any name and content through the extractor: a type that is found is one of the table, a name's claim is never believed
//! against the content, and nothing that browsers run is found under another's name.

use secure_forms_core::media::{canonical_accept, named, of_extension};

use super::Property;
use crate::property::multipart::file;

pub(super) const PROPERTY: Property = Property {
    name: "upload",
    seeds: &[
        "a.png\u{0}\u{89}PNG\r\n",
        "a.txt\0<script>",
        "a.jpg\0GIF89a\u{1}\0\u{1}\0",
        "blob\0<svg/>",
        "a.docx\0PK\u{3}\u{4}PK\u{1}\u{2}PK\u{5}\u{6}\0\0\0\0\0\0\0\0\u{4}\0\0\0\0\0\0\0\0\0",
        "a.gif\0GIF89a\u{1}\0\u{1}\0",
        "a.json\0 {}",
        "a.bmp\0BM\0\0\0\0",
    ],
    holds,
};

/// The name, NUL, the content.
fn holds(input: &[u8]) {
    let end = input.iter().position(|byte| *byte == 0).unwrap_or(input.len());
    let (name, content) = (&input[..end], input.get(end + 1..).unwrap_or_default());
    let Some(upload) = file(name, content) else { return };
    let extension = upload.file_name().extension();
    let Some(kind) = upload.content_type() else { return };
    assert_eq!(canonical_accept(kind), Ok(kind));
    let (kind, claimed) = (named(kind), of_extension(&extension));
    assert!(extension.is_empty() || claimed == kind, "{kind:?} is called .{extension}");
    let is_text = std::str::from_utf8(content).is_ok() && !content.contains(&0);
    assert!(kind.is_none_or(|kind| !kind.is_active) || is_text, "{kind:?}");
}
