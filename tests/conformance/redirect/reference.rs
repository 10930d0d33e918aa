//! The redirect rule a second time, written as it is described and without regard to speed, with steps that can be forgotten.

/// Which steps are taken.
pub(crate) struct Reference {
    encoded_dots: bool,
    dot_segments: bool,
    decoding: bool,
}

impl Reference {
    pub(crate) const FULL: Self = Self { encoded_dots: true, dot_segments: true, decoding: true };
    pub(crate) const WITHOUT_ENCODED_DOTS: Self = Self { encoded_dots: false, ..Self::FULL };
    pub(crate) const WITHOUT_DECODING: Self = Self { decoding: false, ..Self::FULL };
    pub(crate) const WITHOUT_DOT_SEGMENTS: Self = Self { dot_segments: false, ..Self::FULL };

    /// The emitted text, if the rule accepts.
    pub(crate) fn redirect(&self, text: &str) -> Option<String> {
        let is_plain = text.starts_with('/') && !text.starts_with("//") && !text.contains(char::is_control);
        if !is_plain || text.len() > 2048 {
            return None;
        }
        let path_end = text.find(['?', '#']).unwrap_or(text.len());
        let (path, rest) = text.as_bytes().split_at(path_end);
        if path.contains(&b'\\') {
            return None;
        }
        let path = self.resolved(path);
        if path.starts_with(b"//") || (self.decoding && !self.survives_decoding(&path)) {
            return None;
        }
        let emitted = encoded(&[&path, rest].concat());
        (emitted.len() <= 2048).then_some(emitted)
    }

    fn survives_decoding(&self, path: &[u8]) -> bool {
        let mut seen = decoded(path);
        if seen.iter().any(|byte| b"\0\r\n".contains(byte)) {
            return false;
        }
        seen.retain(|byte| *byte != b'\t');
        seen.iter_mut().filter(|byte| **byte == b'\\').for_each(|byte| *byte = b'/');
        let cuts = (0..=seen.len()).filter(|end| matches!(seen.get(*end), None | Some(b'?' | b'#')));
        !seen.starts_with(b"//") && cuts.into_iter().all(|end| !self.resolved(&seen[..end]).starts_with(b"//"))
    }

    /// URL Standard, section 4.4, path state.
    fn resolved(&self, path: &[u8]) -> Vec<u8> {
        if !self.dot_segments {
            return path.to_vec();
        }
        let mut kept: Vec<&[u8]> = Vec::new();
        let segments: Vec<&[u8]> = path[1..].split(|byte| *byte == b'/').collect();
        for (at, segment) in segments.iter().enumerate() {
            let mut spelled = String::from_utf8_lossy(segment).into_owned();
            if self.encoded_dots {
                spelled = spelled.replace("%2e", ".").replace("%2E", ".");
            }
            match spelled.as_str() {
                ".." => drop(kept.pop()),
                "." => {}
                _ => {
                    kept.push(segment);
                    continue;
                }
            }
            if at + 1 == segments.len() {
                kept.push(b"");
            }
        }
        [b"/".as_slice(), &kept.join(b"/".as_slice())].concat()
    }
}

/// Each whole triplet as its byte, everything else as it is.
pub(crate) fn decoded(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let [first, behind @ ..] = rest {
        let triplet = behind.get(..2).filter(|digits| *first == b'%' && digits.iter().all(u8::is_ascii_hexdigit));
        let byte = triplet.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        out.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &behind[2..] } else { behind };
    }
    out
}

fn encoded(text: &[u8]) -> String {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\\\"<>".contains(&byte);
    text.iter()
        .map(|byte| if is_plain(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
