//! A policy as it stands in `csp!`: the model of `core::csp`, with the tokens of each word.

use proc_macro2::{Ident, TokenStream};
use secure_forms_core::csp::{Directive, Policy};

use crate::model::root::Root;

/// All that stands in one `csp!`.
pub(crate) struct Written {
    pub(crate) root: Root,
    pub(crate) directives: Vec<DirectiveModel>,
    pub(crate) exceptions: Vec<Exception>,
}

/// A policy that was evaluated: its text for pages without a nonce and with one, and what its author takes on.
pub(crate) struct Checked {
    pub(crate) root: Root,
    pub(crate) without_nonce: String,
    pub(crate) with_nonce: String,
    pub(crate) accepted: Vec<String>,
}

/// One directive.
pub(crate) struct DirectiveModel {
    pub(crate) name: Word,
    pub(crate) values: Vec<Word>,
}

/// A word of the policy's text, and where it stands.
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) tokens: TokenStream,
}

/// A finding that the author takes on: `allow(name)` or `dangerously_allow_name("reason")`.
pub(crate) struct Exception {
    pub(crate) name: String,
    pub(crate) tokens: Ident,
    pub(crate) strength: Strength,
}

/// How much a exception takes on.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Strength {
    /// Something that the policy leaves out.
    Acknowledges,
    /// Something that lets scripts in.
    Dangerous,
}

impl Written {
    /// The policy without its tokens.
    pub(crate) fn policy(&self) -> Policy {
        let mut policy = Policy::default();
        for directive in &self.directives {
            policy.push(Directive::new(&directive.name.text, directive.values.iter().map(|value| &value.text)));
        }
        policy
    }

    /// Where a finding stands: its value, else its directive (of two, the second), else the policy's first word.
    pub(crate) fn place(&self, directive: &str, value: Option<&str>) -> Option<Place<'_>> {
        let named = |known: &&DirectiveModel| known.name.text.eq_ignore_ascii_case(directive);
        let is_value = |word: &Word| value.is_some_and(|value| word.text.eq_ignore_ascii_case(value));
        for (at, known) in self.directives.iter().enumerate().filter(|(_, known)| named(known)) {
            if let Some(value) = known.values.iter().position(is_value) {
                return Some(Place { position: (at, value + 1), tokens: &known.values[value].tokens });
            }
        }
        let at = self.directives.iter().rposition(|known| named(&known)).unwrap_or_default();
        self.directives.get(at).map(|known| Place { position: (at, 0), tokens: &known.name.tokens })
    }
}

/// Where a message points, and where that stands among the others.
pub(crate) struct Place<'m> {
    pub(crate) position: (usize, usize),
    pub(crate) tokens: &'m TokenStream,
}
