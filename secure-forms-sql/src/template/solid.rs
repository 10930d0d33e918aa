//! A template's tokens without the space between them, and what stands around each.

use std::ops::Range;

use super::lex::Kind;
use super::model::{Item, Template, What};

/// The items of a template without the space between them.
pub(super) struct Solid<'t> {
    pub(super) text: &'t str,
    pub(super) items: Vec<&'t Item>,
}

impl<'t> Solid<'t> {
    pub(super) fn of(template: &'t Template<'_>, keep: impl Fn(&Item) -> bool) -> Self {
        let solid = |item: &&Item| item.what != What::Token(Kind::Space) && keep(item);
        Self { text: template.text, items: template.items.iter().filter(solid).collect() }
    }

    pub(super) fn text(&self, at: usize) -> &'t str {
        self.items.get(at).map_or("", |item| &self.text[item.span.clone()])
    }

    pub(super) fn span(&self, at: usize) -> Range<usize> {
        self.items.get(at).map_or(0..0, |item| item.span.clone())
    }

    /// Whether a bare word is one of these (upper case).
    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        let word = self.items.get(at).is_some_and(|item| item.what == What::Token(Kind::Word));
        word && words.iter().any(|word| word.eq_ignore_ascii_case(self.text(at)))
    }

    pub(super) fn is_punct(&self, at: usize, punct: &str) -> bool {
        self.items.get(at).is_some_and(|item| item.what == What::Token(Kind::Punct)) && self.text(at) == punct
    }

    pub(super) fn before(&self, at: usize, words: &[&str]) -> bool {
        at.checked_sub(1).is_some_and(|before| self.is(before, words))
    }

    /// The place behind the parenthesis that closes the group around `at`, or the end.
    pub(super) fn group_end(&self, at: usize) -> usize {
        let mut depth = 0usize;
        for place in at..self.items.len() {
            if self.is_punct(place, "(") {
                depth += 1;
            } else if self.is_punct(place, ")") {
                let Some(outer) = depth.checked_sub(1) else { return place };
                depth = outer;
            }
        }
        self.items.len()
    }

    /// The first of these words from `at` on that stands in the same group.
    pub(super) fn find_in_group(&self, at: usize, words: &[&str]) -> Option<usize> {
        let mut depth = 0usize;
        for place in at..self.group_end(at) {
            if self.is_punct(place, "(") {
                depth += 1;
            } else if self.is_punct(place, ")") {
                depth -= 1;
            } else if depth == 0 && self.is(place, words) {
                return Some(place);
            }
        }
        None
    }
}

impl Template<'_> {
    /// The place of the first of these words, in any case.
    pub(crate) fn first_word(&self, words: &[&str]) -> Option<usize> {
        let solid = Solid::of(self, |_| true);
        (0..solid.items.len()).find(|at| solid.is(*at, words)).map(|at| solid.span(at).start)
    }
}
