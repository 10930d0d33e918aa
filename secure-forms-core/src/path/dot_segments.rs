//! Where `.` and `..` lead: bytes of a path enter one at a time, and what the resolved path starts with leaves.
//! URL Standard, section 4.4 (path state), with `%2e` as another spelling of a dot.

/// A walk over the segments of a path. It keeps no text: to know whether the result starts with `//` it is enough to know how
/// many segments are left and whether the first of them is empty.
#[derive(Clone, Copy)]
pub(crate) struct Walk {
    depth: usize,
    first_is_empty: bool,
    met_dot_segment: bool,
    segment: Segment,
}

/// The segment that is being read.
#[derive(Clone, Copy)]
struct Segment {
    is_empty: bool,
    dots: u8,
    spelling: Spelling,
}

/// How far a `%2e` has come.
#[derive(Clone, Copy)]
enum Spelling {
    Complete,
    Percent,
    PercentTwo,
    /// Something that is not a dot was read.
    OtherText,
}

/// Whether more segments follow the one that ends here.
#[derive(Clone, Copy)]
enum End {
    Slash,
    Path,
}

impl Segment {
    const EMPTY: Self = Self { is_empty: true, dots: 0, spelling: Spelling::Complete };

    /// 1 for `.`, 2 for `..`, 0 for all other text.
    const fn dots(&self) -> u8 {
        match (self.spelling, self.dots) {
            (Spelling::Complete, dots @ 1..=2) => dots,
            _ => 0,
        }
    }
}

impl Walk {
    /// Stands behind the first slash of a path.
    pub(crate) const fn behind_first_slash() -> Self {
        Self { depth: 0, first_is_empty: false, met_dot_segment: false, segment: Segment::EMPTY }
    }

    /// Walks over a whole path; `path` begins with a slash.
    pub(crate) const fn over(path: &[u8]) -> Self {
        let mut walk = Self::behind_first_slash();
        let mut at = 1;
        while at < path.len() {
            if path[at] == b'/' {
                walk.slash();
            } else {
                walk.byte(path[at]);
            }
            at += 1;
        }
        walk.end();
        walk
    }

    /// Reads a byte that is not a slash.
    pub(crate) const fn byte(&mut self, byte: u8) {
        let segment = &mut self.segment;
        segment.is_empty = false;
        segment.spelling = match (segment.spelling, byte) {
            (Spelling::Complete, b'.') | (Spelling::PercentTwo, b'e' | b'E') => {
                segment.dots = segment.dots.saturating_add(1);
                Spelling::Complete
            }
            (Spelling::Complete, b'%') => Spelling::Percent,
            (Spelling::Percent, b'2') => Spelling::PercentTwo,
            _ => Spelling::OtherText,
        };
    }

    /// Reads a slash.
    pub(crate) const fn slash(&mut self) {
        self.close(End::Slash);
    }

    /// Reads the end of the path.
    pub(crate) const fn end(&mut self) {
        self.close(End::Path);
    }

    /// Whether the segment that is being read has no bytes yet.
    pub(crate) const fn segment_is_empty(&self) -> bool {
        self.segment.is_empty
    }

    /// Whether resolving changes the path.
    pub(crate) const fn met_dot_segment(&self) -> bool {
        self.met_dot_segment
    }

    /// Whether the path, resolved as far as it was read, starts with `//`: a browser would read a host behind it.
    pub(crate) const fn starts_with_two_slashes(&self) -> bool {
        self.depth >= 2 && self.first_is_empty
    }

    const fn close(&mut self, end: End) {
        let dots = self.segment.dots();
        if dots > 0 {
            self.met_dot_segment = true;
        }
        if dots == 2 {
            self.depth = self.depth.saturating_sub(1);
        }
        if dots == 0 {
            self.push(self.segment.is_empty);
        } else if let End::Path = end {
            // URL Standard: a dot segment at the end leaves its slash, `/a/b/..` is `/a/`.
            self.push(true);
        }
        self.segment = Segment::EMPTY;
    }

    const fn push(&mut self, is_empty: bool) {
        if self.depth == 0 {
            self.first_is_empty = is_empty;
        }
        self.depth += 1;
    }
}

/// 1 for `.`, 2 for `..` in any spelling, 0 for all other text.
pub(crate) fn dots(segment: &[u8]) -> u8 {
    let mut walk = Walk::behind_first_slash();
    segment.iter().for_each(|byte| walk.byte(*byte));
    walk.segment.dots()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_known_in_every_spelling() {
        for (segment, expected) in [(".", 1), ("%2e", 1), ("..", 2), (".%2E", 2), ("%2e%2e", 2)] {
            assert_eq!(dots(segment.as_bytes()), expected, "{segment}");
        }
    }

    #[test]
    fn other_text_is_no_dot_segment() {
        for segment in ["", "...", ".a", "a.", "%2", "%", "%2f", "%%2e", "%2e%", ".%2"] {
            assert_eq!(dots(segment.as_bytes()), 0, "{segment}");
        }
    }

    #[test]
    fn resolving_may_bring_two_slashes_to_the_front() {
        for path in ["/.//a", "/x/..//a", "/%2e//a", "/x/%2E.//", "/..//"] {
            assert!(Walk::over(path.as_bytes()).starts_with_two_slashes(), "{path}");
        }
    }

    #[test]
    fn two_slashes_further_back_stay_there() {
        for path in ["/", "/a//b", "/a/./b", "/x/../a//", "/x/..", "/x//../.."] {
            assert!(!Walk::over(path.as_bytes()).starts_with_two_slashes(), "{path}");
        }
    }
}
