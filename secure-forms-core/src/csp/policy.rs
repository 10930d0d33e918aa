//! [`Policy`]: directives in order, each a name and its values, read from text as a browser reads it (CSP Level 3, section 2.2.1).

use std::fmt;

use super::names;
use super::source::{self, NONCE};

/// One policy, as one `Content-Security-Policy` header carries it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Policy {
    directives: Vec<Directive>,
    repeated: Vec<Directive>,
}

/// One directive: its name in lower case and its values without repeats.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Directive {
    /// The name, such as `script-src`.
    pub name: String,
    /// The values, such as `'self'`; keywords and bare schemes in lower case.
    pub values: Vec<String>,
}

impl Directive {
    /// A directive from its name and its values.
    pub fn new<V: AsRef<str>>(name: &str, values: impl IntoIterator<Item = V>) -> Self {
        let mut directive = Self { name: name.to_ascii_lowercase(), values: Vec::new() };
        for value in values {
            let value = normalized(value.as_ref());
            if !directive.values.contains(&value) {
                directive.values.push(value);
            }
        }
        directive
    }
}

impl Policy {
    /// Reads the text of a policy. Every text is one: what is wrong with it is the evaluator's to say.
    ///
    /// ```
    /// # use secure_forms_core::csp::Policy;
    /// let policy = Policy::parse("Default-Src 'SELF'; script-src https://cdn.example.org");
    /// assert_eq!(policy.to_string(), "default-src 'self'; script-src https://cdn.example.org");
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut policy = Self::default();
        for part in text.split(';') {
            let mut words = part.split_ascii_whitespace();
            if let Some(name) = words.next() {
                policy.push(Directive::new(name, words));
            }
        }
        policy
    }

    /// Appends a directive. A browser obeys the first of one name, so a second one is kept apart.
    pub fn push(&mut self, directive: Directive) {
        match self.has(&directive.name) {
            true => self.repeated.push(directive),
            false => self.directives.push(directive),
        }
    }

    /// The directives that a browser obeys, in order.
    #[must_use]
    pub fn directives(&self) -> &[Directive] {
        &self.directives
    }

    /// The directives that a browser ignores because of an earlier one of the same name.
    #[must_use]
    pub fn repeated(&self) -> &[Directive] {
        &self.repeated
    }

    /// Whether a directive of this name (in lower case) is present.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The directive of this name (in lower case).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Directive> {
        self.directives.iter().find(|directive| directive.name == name)
    }

    /// The values of a directive; none if it is absent.
    #[must_use]
    pub fn values(&self, name: &str) -> &[String] {
        self.get(name).map_or(&[], |directive| &directive.values)
    }

    /// Puts values after those that a directive has; adds the directive where it is absent. `'none'` gives way to them.
    pub fn extend<V: AsRef<str>>(&mut self, name: &str, values: impl IntoIterator<Item = V>) {
        let more = Directive::new(name, values);
        let Some(directive) = self.directives.iter_mut().find(|directive| directive.name == more.name) else {
            return self.directives.push(more);
        };
        if more.values.is_empty() {
            return;
        }
        directive.values.retain(|value| value != "'none'");
        for value in more.values {
            if !directive.values.contains(&value) {
                directive.values.push(value);
            }
        }
    }

    pub(super) fn values_mut(&mut self, name: &str) -> Option<&mut Vec<String>> {
        self.directives.iter_mut().find(|directive| directive.name == name).map(|directive| &mut directive.values)
    }

    /// Whether a value is the placeholder of the response's own nonce.
    #[must_use]
    pub fn has_nonce_placeholder(&self) -> bool {
        self.directives.iter().any(|directive| directive.values.iter().any(|value| value == NONCE))
    }

    /// The policy of a response that nobody asked a nonce for: without the placeholder, without a `'strict-dynamic'` that would have nothing
    /// left to start from, and with `'none'` where nothing remains.
    #[must_use]
    pub fn without_nonce(&self) -> Self {
        let mut policy = self.clone();
        for Directive { values, .. } in &mut policy.directives {
            if !values.iter().any(|value| value == NONCE) {
                continue;
            }
            values.retain(|value| value != NONCE);
            if !values.iter().any(|value| source::is_hash(value) || source::is_nonce(value)) {
                values.retain(|value| value != "'strict-dynamic'");
            }
            if values.is_empty() {
                values.push("'none'".to_owned());
            }
        }
        policy
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, directive) in self.directives.iter().enumerate() {
            let separator = if at == 0 { "" } else { "; " };
            write!(f, "{separator}{}", directive.name)?;
            for value in &directive.values {
                write!(f, " {value}")?;
            }
        }
        Ok(())
    }
}

/// Keywords and bare schemes are compared without regard to case; paths, nonces and hashes are not.
fn normalized(value: &str) -> String {
    let lower = value.to_ascii_lowercase();
    match names::is_keyword(&lower) || source::is_scheme(value) {
        true => lower,
        false => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_directive_of_a_name_counts() {
        let policy = Policy::parse("img-src a.example; IMG-SRC b.example");
        assert_eq!(policy.values("img-src"), ["a.example"]);
        assert_eq!(policy.repeated()[0].values, ["b.example"]);
    }

    #[test]
    fn empty_parts_are_nothing() {
        assert_eq!(Policy::parse(" ;; \t;").to_string(), "");
    }

    #[test]
    fn a_nonce_that_nobody_asked_for_leaves_no_hole() {
        let policy = Policy::parse("script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' 'nonce-{nonce}'");
        assert_eq!(policy.without_nonce().to_string(), "script-src 'none'; style-src 'self'");
    }

    #[test]
    fn extending_replaces_none() {
        let mut policy = Policy::parse("form-action 'none'");
        policy.extend("form-action", ["https://a.example"]);
        assert_eq!(policy.to_string(), "form-action https://a.example");
    }
}
