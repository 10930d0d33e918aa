//! The header of a part: its lines, of which only `Content-Disposition` is read, and the names in it (RFC 7578, 4.2; RFC 2183, 2).

use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use crate::request::BodyProblem;
use crate::request::parameters::{Backslash, Parameters};

use super::encoded;

/// The most bytes and lines of a part's header: a browser's has two lines and less than 1 KiB.
pub(super) const MAX_BYTES: usize = 16 << 10;
const MAX_LINES: usize = 32;

/// What a part's header says.
#[derive(Debug, PartialEq)]
pub(super) struct Header {
    /// The name of the field; empty without one.
    pub(super) name: String,
    /// The name of the file, in whichever spelling it came. `Some("")` is what a browser sends where no file was chosen.
    pub(super) file_name: Option<String>,
    /// Whether it names a type, as a file's header does.
    pub(super) has_type: bool,
}

impl Header {
    /// Reads the lines between the delimiter's line and the empty one, each ended by CRLF but the last.
    ///
    /// # Errors
    /// A line that is none, too many of them, or a `Content-Disposition` that is not one, or is there twice.
    pub(super) fn parse(lines: &[u8]) -> Result<Self, BodyProblem> {
        let mut header = None;
        let mut has_type = false;
        for (count, line) in split_lines(lines).enumerate() {
            if count == MAX_LINES {
                return Err(too_large());
            }
            let (name, value) = named(line).ok_or(BodyProblem::Malformed)?;
            has_type |= name.eq_ignore_ascii_case(CONTENT_TYPE.as_str().as_bytes());
            if name.eq_ignore_ascii_case(CONTENT_DISPOSITION.as_str().as_bytes()) {
                let names = disposition(value).ok_or(BodyProblem::Malformed)?;
                if header.replace(names).is_some() {
                    return Err(BodyProblem::Malformed);
                }
            }
        }
        let (name, file_name) = header.unwrap_or_default();
        Ok(Self { name, file_name, has_type })
    }
}

pub(super) fn too_large() -> BodyProblem {
    BodyProblem::PartHeaderTooLarge { max_bytes: MAX_BYTES, max_lines: MAX_LINES }
}

fn split_lines(mut lines: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        if lines.is_empty() {
            return None;
        }
        let end = lines.windows(2).position(|two| two == b"\r\n");
        let (line, rest) = end.map_or((lines, &[][..]), |end| (&lines[..end], &lines[end + 2..]));
        lines = rest;
        Some(line)
    })
}

/// `Name: value`. White space before the colon and control characters make a line that two readers may read in two ways.
fn named(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = (line.get(..colon)?, line.get(colon + 1..)?);
    let is_visible = |byte: &u8| (b'!'..=b'~').contains(byte);
    let is_text = |byte: &u8| *byte >= b' ' && *byte != 0x7f || *byte == b'\t';
    (!name.is_empty() && name.iter().all(is_visible) && value.iter().all(is_text)).then(|| (name, value.trim_ascii()))
}

/// The names of field and file. A backslash before a quotation mark is an escape where the line makes sense so (curl), else
/// it is the last character of a name (browsers).
fn disposition(value: &[u8]) -> Option<(String, Option<String>)> {
    let parameters = Parameters::parse(value, Backslash::EscapesQuotes)
        .or_else(|| Parameters::parse(value, Backslash::Plain))
        .filter(|parameters| parameters.value.eq_ignore_ascii_case(b"form-data"))?;
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let extended = parameters.get(b"filename*").map(|value| encoded::extended(value).unwrap_or_else(|| lossy(value)));
    let plain = || parameters.get(b"filename").map(|value| encoded::words(value).unwrap_or_else(|| lossy(value)));
    Some((parameters.get(b"name").map(lossy).unwrap_or_default(), extended.or_else(plain)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(disposition: &[u8]) -> Result<(String, Option<String>), BodyProblem> {
        let header = Header::parse(&[b"Content-Disposition: ", disposition].concat())?;
        Ok((header.name, header.file_name))
    }

    fn file(disposition: &[u8]) -> String {
        let (name, file) = names(disposition).unwrap();
        assert_eq!(name, "file");
        file.unwrap()
    }

    #[test]
    fn a_name_is_not_read_out_of_another_parameters_quotes() {
        assert_eq!(file(b"form-data; filename=\"x; name=caption.png\"; name=\"file\""), "x; name=caption.png");
    }

    #[test]
    fn a_file_name_in_any_spelling_is_a_file_name() {
        for (sent, read) in [
            (&b"form-data; name=\"file\"; FileName=\"a.png\""[..], "a.png"),
            (b"FORM-DATA; Name=file; filename=a.png", "a.png"),
            (b"form-data; name=file; filename=\"\xe9.png\"", "\u{fffd}.png"),
            (b"form-data; name=file; filename*=UTF-8''%C3%A9.png", "\u{e9}.png"),
            (b"form-data; name=file; filename=\"_.png\"; filename*=iso-8859-1'en'%E9.png", "\u{e9}.png"),
            (b"form-data; name=file; filename=\"=?utf-8?B?w6kucG5n?=\"; filename*=utf-8''%C3%A9.png", "\u{e9}.png"),
            (b"form-data; name=file; filename=\"=?utf-8?B?w6kucG5n?=\"", "\u{e9}.png"),
            // A name that ends in a backslash, as Chromium sends it; a name with a quotation mark, as curl does.
            (b"form-data; name=\"file\"; filename=\"pic.png\\\"", "pic.png\\"),
            (b"form-data; name=\"file\"; filename=\"a\\\"; name=\\\"b.png\"", "a\"; name=\"b.png"),
            (b"form-data; name=\"file\"; filename=\"\"", ""),
        ] {
            assert_eq!(file(sent), read, "{}", String::from_utf8_lossy(sent));
        }
    }

    #[test]
    fn what_comes_twice_is_refused() {
        for sent in [
            &b"form-data; name=a; name=b"[..],
            b"form-data; name=a; filename=b; FILENAME=c",
            b"form-data; name=a\r\nContent-Disposition: form-data; name=b",
            b"form-data; name=a\r\nCONTENT-DISPOSITION: form-data; name=a",
        ] {
            assert_eq!(names(sent), Err(BodyProblem::Malformed), "{}", String::from_utf8_lossy(sent));
        }
    }

    #[test]
    fn lines_that_two_readers_may_read_in_two_ways_are_refused() {
        for lines in
            ["A", "A : b", " A: b", "A: b\n C: d", "A: b\rC: d", "A: b\0", ": b", "Content-Disposition: inline; name=a"]
        {
            assert_eq!(Header::parse(lines.as_bytes()), Err(BodyProblem::Malformed), "{lines:?}");
        }
    }

    #[test]
    fn a_header_has_at_most_thirty_two_lines() {
        assert!(Header::parse("A: b\r\n".repeat(MAX_LINES).as_bytes()).is_ok());
        let refused = Header::parse("A: b\r\n".repeat(MAX_LINES + 1).as_bytes());
        assert!(matches!(refused, Err(BodyProblem::PartHeaderTooLarge { .. })));
    }
}
