//! The bytes of a form, owned, and read once: decoding happens in place, so that values are borrowed from here and a
//! second reading would decode what was decoded before.

use std::fmt;

#[cfg(feature = "multipart")]
use super::multipart::Parts;

/// A form's body. `Debug` shows its length and never a byte: it holds passwords.
pub(crate) struct Body {
    content: Content,
    state: State,
}

enum Content {
    Urlencoded(Vec<u8>),
    #[cfg(feature = "multipart")]
    Multipart(Parts),
}

/// The content of a body that was not read yet.
pub(crate) enum Unread<'b> {
    Urlencoded(&'b mut [u8]),
    #[cfg(feature = "multipart")]
    Multipart(&'b Parts),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// As it came from the network.
    Unread,
    /// Decoded in place: the separators are gone.
    Spent,
}

impl Body {
    pub(crate) fn urlencoded(bytes: Vec<u8>) -> Self {
        Self { content: Content::Urlencoded(bytes), state: State::Unread }
    }

    #[cfg(feature = "multipart")]
    pub(crate) fn multipart(parts: Parts) -> Self {
        Self { content: Content::Multipart(parts), state: State::Unread }
    }

    /// The content, the first time.
    pub(crate) fn read(&mut self) -> Option<Unread<'_>> {
        match std::mem::replace(&mut self.state, State::Spent) {
            State::Spent => None,
            State::Unread => Some(match &mut self.content {
                Content::Urlencoded(bytes) => Unread::Urlencoded(bytes),
                #[cfg(feature = "multipart")]
                Content::Multipart(parts) => Unread::Multipart(parts),
            }),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.content {
            Content::Urlencoded(bytes) => {
                f.debug_struct("Urlencoded").field("bytes", &bytes.len()).finish_non_exhaustive()
            }
            #[cfg(feature = "multipart")]
            Content::Multipart(parts) => {
                f.debug_struct("Multipart").field("parts", &parts.parts.len()).finish_non_exhaustive()
            }
        }
    }
}
