//! Places: the parser counts lines and characters, a problem counts bytes. In goes a parser's span, out comes a byte range.

use std::ops::Range;

use sqlparser::ast::{Ident, ObjectName, Spanned};
use sqlparser::tokenizer::{Location, Span};

/// The text of a statement with the places where its lines begin.
pub(crate) struct Source<'a> {
    text: &'a str,
    /// The byte and the character at which each line begins.
    lines: Vec<(usize, usize)>,
    /// The byte of each character; empty for ASCII, where they are the same.
    characters: Vec<usize>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut lines = vec![(0, 0)];
        let breaks = text.char_indices().enumerate().filter(|(_, (_, letter))| *letter == '\n');
        lines.extend(breaks.map(|(character, (byte, _))| (byte + 1, character + 1)));
        let characters = if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(byte, _)| byte).collect() };
        Self { text, lines, characters }
    }

    pub(crate) fn all(&self) -> Range<usize> {
        let start = self.text.len() - self.text.trim_start().len();
        start..start.max(self.text.trim_end().len())
    }

    pub(crate) fn end(&self) -> Range<usize> {
        let end = self.text.trim_end().len();
        end..end
    }

    pub(crate) fn text(&self, span: Range<usize>) -> &'a str {
        self.text.get(span).unwrap_or_default()
    }

    /// The byte at a location; lines and columns begin at 1, columns count characters.
    pub(crate) fn byte(&self, location: Location) -> Option<usize> {
        let line = usize::try_from(location.line).ok()?.checked_sub(1)?;
        let column = usize::try_from(location.column).ok()?.checked_sub(1)?;
        let (byte, character) = *self.lines.get(line)?;
        let at = if self.characters.is_empty() {
            byte.checked_add(column)?
        } else {
            self.characters.get(character.checked_add(column)?).copied().unwrap_or(self.text.len())
        };
        Some(at.min(self.text.len()))
    }

    /// The bytes of a span; `None` if the parser did not record one.
    pub(crate) fn known(&self, span: Span) -> Option<Range<usize>> {
        let (start, end) = (self.byte(span.start)?, self.byte(span.end)?);
        (start < end).then_some(start..end)
    }

    /// The bytes of a span, or the whole statement if the parser did not record one.
    pub(crate) fn range(&self, span: Span) -> Range<usize> {
        self.known(span).unwrap_or_else(|| self.all())
    }

    pub(crate) fn node(&self, node: &impl Spanned) -> Range<usize> {
        self.range(node.span())
    }

    pub(crate) fn ident(&self, ident: &Ident) -> Range<usize> {
        self.range(ident.span)
    }

    pub(crate) fn name(&self, name: &ObjectName) -> Range<usize> {
        self.range(name.span())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_ranges_count_bytes() {
        let source = Source::new("SELECT 'é',\n  x");
        assert_eq!(source.byte(Location { line: 1, column: 11 }), Some(11));
        assert_eq!(
            source.known(Span::new(Location { line: 2, column: 3 }, Location { line: 2, column: 4 })),
            Some(15..16)
        );
    }

    #[test]
    fn a_span_that_was_not_recorded_is_the_whole_statement() {
        assert_eq!(Source::new("  SELECT 1 ").range(Span::empty()), 2..10);
    }
}
