//! The bytes of a form, owned, and read once: decoding happens in place, so that values are borrowed from here and a
//! second reading would decode what was decoded before.

use std::fmt;

/// A form's body. `Debug` shows its length and never a byte: it holds passwords.
pub(crate) struct Body {
    bytes: Vec<u8>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// As it came from the network.
    Encoded,
    /// Decoded in place: the separators are gone.
    Spent,
}

impl Body {
    pub(crate) fn urlencoded(bytes: Vec<u8>) -> Self {
        Self { bytes, state: State::Encoded }
    }

    /// The bytes, the first time.
    pub(crate) fn take_encoded(&mut self) -> Option<&mut [u8]> {
        match std::mem::replace(&mut self.state, State::Spent) {
            State::Encoded => Some(&mut self.bytes),
            State::Spent => None,
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}
