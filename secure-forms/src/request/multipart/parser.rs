//! The grammar of a multipart body (RFC 2046, 5.1.1) as steps over one buffer: no input, no output, nothing copied, and what
//! was looked at is not looked at again, so that the work depends on the bytes and not on how they were cut.

use super::header::{self, Header, MAX_BYTES};
use crate::request::BodyProblem;

/// What stands next in a body.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    /// A part begins.
    Part(Header),
    /// The bytes of this step are its content.
    Content,
    /// The part was whole.
    PartEnd,
    /// The body was whole; what follows is not read (RFC 2046, 5.1.1, epilogue).
    End,
    /// More bytes are needed to tell.
    More,
}

/// Where in a body the reader stands.
pub(super) struct Parser {
    /// CRLF, two hyphens, the boundary: the line break before it belongs to the delimiter.
    delimiter: Vec<u8>,
    state: State,
    /// How much of a header was searched for its end.
    searched: usize,
    /// How many bytes stood before the first delimiter.
    preamble: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    /// Before the first delimiter.
    Preamble,
    /// In a part's content.
    Content,
    /// At a delimiter.
    Delimiter,
}

impl Parser {
    pub(super) fn new(boundary: &str) -> Self {
        let delimiter = [b"\r\n--", boundary.as_bytes()].concat();
        Self { delimiter, state: State::Preamble, searched: 0, preamble: 0 }
    }

    /// What the buffer must begin with: a delimiter may be the first line, which no line break precedes.
    pub(super) const START: &'static [u8] = b"\r\n";

    /// The next step, and how many bytes of the buffer it was made of.
    ///
    /// # Errors
    /// The body has not this grammar.
    pub(super) fn step(&mut self, buffer: &[u8]) -> Result<(usize, Step), BodyProblem> {
        match self.state {
            State::Preamble => self.preamble(buffer),
            State::Content => Ok(self.content(buffer)),
            State::Delimiter => self.delimiter(buffer),
        }
    }

    fn preamble(&mut self, buffer: &[u8]) -> Result<(usize, Step), BodyProblem> {
        let (end, is_found) = self.find(buffer);
        self.preamble += end;
        if self.preamble > MAX_BYTES {
            return Err(BodyProblem::Malformed);
        }
        if is_found {
            self.state = State::Delimiter;
            return self.delimiter(buffer.get(end..).unwrap_or_default()).map(|(used, step)| (end + used, step));
        }
        Ok((end, Step::More))
    }

    fn content(&mut self, buffer: &[u8]) -> (usize, Step) {
        match self.find(buffer) {
            (0, true) => {
                self.state = State::Delimiter;
                (0, Step::PartEnd)
            }
            (0, false) => (0, Step::More),
            (end, _) => (end, Step::Content),
        }
    }

    /// The delimiter's line and the part's header behind it, or the end.
    fn delimiter(&mut self, buffer: &[u8]) -> Result<(usize, Step), BodyProblem> {
        let Some(after) = buffer.get(self.delimiter.len()..) else { return Ok((0, Step::More)) };
        match after {
            [b'-', b'-', ..] => return Ok((buffer.len(), Step::End)),
            [] | [b'-'] => return Ok((0, Step::More)),
            // White space of transports may follow (RFC 2046, 5.1.1); anything else makes another line of it.
            [b' ' | b'\t' | b'\r', ..] => {}
            _ => return Err(BodyProblem::Malformed),
        }
        let is_end = |window: &[u8]| window == b"\r\n\r\n";
        let unseen = after.get(self.searched..).unwrap_or_default();
        let end = unseen.windows(4).position(is_end).map(|end| self.searched + end);
        if end.unwrap_or(after.len()) > MAX_BYTES {
            return Err(header::too_large());
        }
        let Some(end) = end else {
            self.searched = after.len().saturating_sub(3);
            return Ok((0, Step::More));
        };
        (self.searched, self.state) = (0, State::Content);
        let padding = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let lines = after.get(padding..end + 2).and_then(|lines| lines.strip_prefix(b"\r\n"));
        let lines = lines.ok_or(BodyProblem::Malformed)?;
        let header = Header::parse(lines.strip_suffix(b"\r\n").unwrap_or(lines))?;
        Ok((self.delimiter.len() + end + 4, Step::Part(header)))
    }

    /// Where a delimiter begins, or may begin once more bytes are there; and whether all of it is there.
    fn find(&self, buffer: &[u8]) -> (usize, bool) {
        let mut from = 0;
        // A boundary has no CR, so candidates do not overlap, and each byte is compared once.
        while let Some(found) = buffer.get(from..).and_then(|rest| rest.iter().position(|byte| *byte == b'\r')) {
            let at = from + found;
            let candidate = buffer.get(at..).unwrap_or_default();
            if candidate.starts_with(&self.delimiter) {
                return (at, true);
            }
            if self.delimiter.starts_with(candidate) {
                return (at, false);
            }
            from = at + 1;
        }
        (buffer.len(), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The body's steps, of which contents are joined, if it comes in pieces of `chunk` bytes.
    fn steps(body: &[u8], chunk: usize) -> Result<Vec<String>, BodyProblem> {
        let (mut parser, mut buffer, mut found) = (Parser::new("X"), Parser::START.to_vec(), Vec::new());
        let mut chunks = body.chunks(chunk);
        loop {
            let (used, step) = parser.step(&buffer)?;
            let is_more = step == Step::More;
            match step {
                Step::Part(header) => found.push(format!("{}:", header.name)),
                Step::Content => found.last_mut().unwrap().push_str(std::str::from_utf8(&buffer[..used]).unwrap()),
                Step::PartEnd => found.last_mut().unwrap().push('.'),
                Step::End => return Ok(found),
                Step::More => {}
            }
            buffer.drain(..used);
            if is_more {
                buffer.extend_from_slice(chunks.next().ok_or(BodyProblem::Malformed)?);
            }
        }
    }

    /// However it is cut.
    fn all(body: &str) -> Result<Vec<String>, BodyProblem> {
        let whole = steps(body.as_bytes(), body.len().max(1));
        for chunk in 1..9 {
            assert_eq!(steps(body.as_bytes(), chunk), whole, "{body:?} in chunks of {chunk}");
        }
        whole
    }

    fn part(name: &str, content: &str) -> String {
        format!("--X\r\nContent-Disposition: form-data; name={name}\r\n\r\n{content}\r\n")
    }

    #[test]
    fn parts_come_with_their_content_however_they_are_cut() {
        let content = "\r\n--\r\r\n-X\r\n--";
        let body = [part("a", "one"), part("b", ""), part("c", content), "--X--".to_owned()].concat();
        assert_eq!(all(&body).unwrap(), ["a:one.".to_owned(), "b:.".to_owned(), format!("c:{content}.")]);
    }

    #[test]
    fn what_stands_around_the_parts_is_not_read() {
        let body =
            format!("a preamble\r\n{}--X--\r\n--X\r\n--Y epilogue", part("a", "one").replace("--X\r", "--X \t\r"));
        assert_eq!(all(&body).unwrap(), ["a:one."]);
        assert_eq!(all("--X--").unwrap(), [""; 0]);
        assert_eq!(all("--X\r\n\r\none\r\n--X--").unwrap(), [":one."], "a part without a header has no name");
    }

    #[test]
    fn what_is_no_body_is_refused() {
        let part = part("a", "one");
        for body in [
            "",
            "--X",
            "--X-",
            &part,
            &part.replace("--X", "--XX"),
            "--X\r\nA: b\nC: d\r\n\r\n\r\n--X--",
            "--X \r \r\n\r\n--X--",
        ] {
            assert_eq!(all(body), Err(BodyProblem::Malformed), "{body:?}");
        }
        let preamble = steps(&[vec![b'x'; MAX_BYTES + 1], part.into_bytes()].concat(), 4096);
        assert_eq!(preamble, Err(BodyProblem::Malformed));
    }

    #[test]
    fn a_header_of_more_than_sixteen_kib_is_refused_before_it_ends() {
        let long = |bytes: usize| format!("--X\r\nA: {}", "x".repeat(bytes));
        for chunk in [1 << 20, 4096, 7] {
            assert_eq!(steps(long(MAX_BYTES).as_bytes(), chunk), Err(header::too_large()), "{chunk}");
        }
        let whole = long(MAX_BYTES - 5) + "\r\n\r\n\r\n--X--";
        assert_eq!(steps(whole.as_bytes(), 4096).unwrap(), [":."]);
    }
}
