//! A file's type, from its content and its name: the content decides what it is, the name chooses among types that look alike.

use super::lookup::{of_content, of_extension};
use super::media_type::{Content, Marks, MediaType};
use super::zip::Container;

/// What content and name make of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It is of this type, and its name does not say otherwise.
    Is(&'static MediaType),
    /// It is a picture of this type under the name of another picture's: the name is wrong, not the file.
    Renamed(&'static MediaType),
    /// No type could be shown, and none was disproved.
    Unknown,
    /// The name says one type, and the content is another.
    Lies,
}

/// Decides. `sniffed` is what the first bytes and a container's names show; `is_text` is whether all of it is UTF-8 without NUL.
///
/// ```
/// use secure_forms_core::media::{Content, Finding, decide, named};
///
/// let csv = decide(b"BMW,model,year\n", Some(Content::Bmp), true, "csv");
/// assert_eq!(csv, Finding::Is(named("text/csv").unwrap()));
/// assert_eq!(decide(b"<script>", None, true, "png"), Finding::Lies);
/// ```
///
/// # Security
/// A type that browsers run scripts in is never found under another's name, but as the plain text that it is.
#[must_use]
pub fn decide(head: &[u8], sniffed: Option<Content>, is_text: bool, extension: &str) -> Finding {
    // What begins with letters may be text: a real one of any of these formats but PDF holds NUL or is no UTF-8.
    let sniffed = sniffed.filter(|content| !is_text || *content == Content::Pdf);
    if extension.is_empty() {
        return unclaimed(head, sniffed, is_text);
    }
    let Some(claimed) = of_extension(extension) else { return Finding::Unknown };
    let agrees = match claimed.content {
        Content::Text(marks) => is_text && has_marks(head, marks),
        // Whatever else a ZIP archive is, it is a ZIP archive.
        Content::Zip(Container::Plain) => matches!(sniffed, Some(Content::Zip(_))),
        content => sniffed == Some(content),
    };
    if agrees {
        return Finding::Is(claimed);
    }
    let shown = sniffed.and_then(of_content);
    match shown {
        Some(shown) if shown.is_picture() && claimed.is_picture() => Finding::Renamed(shown),
        Some(_) => Finding::Lies,
        // Text may be a script, and no format of bytes is text. Nothing at all is neither.
        None if is_text && !head.is_empty() => Finding::Lies,
        None => Finding::Unknown,
    }
}

/// A name without an extension says nothing (scripts send pictures as `blob`), so the content is all there is.
fn unclaimed(head: &[u8], sniffed: Option<Content>, is_text: bool) -> Finding {
    let shown = sniffed.and_then(of_content).or_else(|| {
        let is_markup = has_marks(head, Marks::First("<"));
        let extension = match () {
            () if !is_text => return None,
            () if is_markup && has_marks(head, Marks::Holds("<svg")) => "svg",
            () if is_markup && has_marks(head, Marks::Holds("<?xml")) => "xml",
            () if is_markup => "html",
            () => "txt",
        };
        of_extension(extension)
    });
    shown.map_or(Finding::Unknown, Finding::Is)
}

fn has_marks(head: &[u8], marks: Marks) -> bool {
    // The byte order mark is no part of the text (Unicode Standard, 23.8).
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    match marks {
        Marks::None => true,
        Marks::First(any) => text.first().is_some_and(|first| any.as_bytes().contains(first)),
        Marks::Holds(mark) => text.windows(mark.len()).any(|window| window.eq_ignore_ascii_case(mark.as_bytes())),
    }
}

#[cfg(test)]
mod tests {
    use super::super::lookup::named;
    use super::super::sniff::sniff;
    use super::*;

    fn found(head: &[u8], extension: &str) -> Result<&'static str, Finding> {
        let is_text = std::str::from_utf8(head).is_ok() && !head.contains(&0);
        match decide(head, sniff(head), is_text, extension) {
            Finding::Is(kind) => Ok(kind.name),
            other => Err(other),
        }
    }

    #[test]
    fn text_is_what_its_name_says_whatever_it_begins_with() {
        assert_eq!(found(b"BMW,model,year\n", "csv"), Ok("text/csv"));
        assert_eq!(found(b"BMI notes", "txt"), Ok("text/plain"));
        for readme in ["<h1 align=\"center\">", "<!-- badges -->", "<br>", "<script>"] {
            assert_eq!(found(readme.as_bytes(), "md"), Ok("text/markdown"));
        }
        for (extension, name) in [("yaml", "application/yaml"), ("ics", "text/calendar"), ("toml", "application/toml")]
        {
            assert_eq!(found(b"a: b", extension), Ok(name));
        }
    }

    #[test]
    fn a_type_goes_by_all_its_extensions() {
        for extension in ["jpg", "jpeg", "jfif", "jif", "pjpeg"] {
            assert_eq!(found(b"\xff\xd8\xff\xe0\0\x10JFIF\0", extension), Ok("image/jpeg"));
        }
        assert_eq!(found(b"\x1f\x8b\x08\0", "tgz"), Ok("application/gzip"));
        assert_eq!(found(b"OggS\0\x02", "opus"), Ok("audio/ogg"));
        assert_eq!(found(b"\x1a\x45\xdf\xa3\x01\0", "weba"), Ok("audio/webm"));
        assert_eq!(found(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "xls"), Ok("application/vnd.ms-excel"));
    }

    #[test]
    fn a_name_without_an_extension_claims_nothing() {
        assert_eq!(found(b"\x89PNG\r\n\x1a\n\0", ""), Ok("image/png"));
        assert_eq!(found(b"words", ""), Ok("text/plain"));
        assert_eq!(found(b" <p>words", ""), Ok("text/html"));
        assert_eq!(found(b"<?xml version='1.0'?><svg/>", ""), Ok("image/svg+xml"));
        assert_eq!(found(b"\0\x01\x02\x03", ""), Err(Finding::Unknown));
        assert_eq!(found(b"words", "unknown"), Err(Finding::Unknown));
    }

    #[test]
    fn a_picture_under_another_pictures_name_is_renamed() {
        let png = named("image/png").unwrap();
        assert_eq!(found(b"\x89PNG\r\n\x1a\n\0", "jpg"), Err(Finding::Renamed(png)));
        assert_eq!(found(b"\x89PNG\r\n\x1a\n\0", "pdf"), Err(Finding::Lies));
        assert_eq!(found(b"%PDF-1.7\n\0", "jpg"), Err(Finding::Lies));
    }

    #[test]
    fn what_browsers_run_is_not_found_under_anothers_name() {
        for script in ["<script>alert(1)</script>", "<svg onload=alert(1)>", "alert(1)", "GIF89a=1;alert(1)", "BM=1"] {
            for extension in ["png", "jpg", "gif", "bmp", "pdf", "mp4", "docx"] {
                assert_eq!(found(script.as_bytes(), extension), Err(Finding::Lies), "{script} as {extension}");
            }
        }
        assert_eq!(found(b"<p>no picture", "svg"), Err(Finding::Lies));
        assert_eq!(found(b"<script>", "json"), Err(Finding::Lies));
        assert_eq!(found(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"), Ok("image/svg+xml"));
    }

    #[test]
    fn a_container_is_what_the_names_inside_say() {
        let as_zip = |container, extension| decide(b"PK\x03\x04\0", Some(Content::Zip(container)), false, extension);
        let is = |name| Finding::Is(named(name).unwrap());
        assert_eq!(as_zip(Container::Word, "zip"), is("application/zip"));
        assert_eq!(as_zip(Container::Excel, "xlsm"), is("application/vnd.ms-excel.sheet.macroEnabled.12"));
        assert_eq!(as_zip(Container::OpenDocument, "ods"), is("application/vnd.oasis.opendocument.spreadsheet"));
        assert_eq!(as_zip(Container::Plain, "docx"), Finding::Lies);
    }
}
