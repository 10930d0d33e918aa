//! [`Csp`]: a Content Security Policy that was evaluated, by `csp!` at compile time or by [`Csp::builder`] at run time.

use std::borrow::Cow;
use std::fmt;

use secure_forms_core::csp::{Directive, Finding, NONCE, Policy, Refusal, evaluate};

/// A Content Security Policy without known holes, or with acknowledged ones.
///
/// ```
/// use secure_forms::Csp;
///
/// let policy = Csp::builder()
///     .directive("default-src", ["'none'"])
///     .directive("script-src", ["'self'", Csp::NONCE])
///     .directive("object-src", ["'none'"])
///     .directive("base-uri", ["'none'"])
///     .directive("form-action", ["'self'"])
///     .allow("missing_frame_ancestors")
///     .build()?;
/// assert_eq!(
///     policy.without_nonce(),
///     "default-src 'none'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
/// );
/// # Ok::<(), secure_forms::csp::RefusedPolicy>(())
/// ```
///
/// # Security
/// A second line of defence against injected scripts, frames and forms (CWE-79, CWE-1021). It does not replace escaping.
///
/// Source: CSP Level 3.
#[derive(Clone, Debug)]
pub struct Csp {
    without_nonce: Cow<'static, str>,
    with_nonce: Cow<'static, str>,
    evaluation: Evaluation,
}

/// Policies are equal if they are sent alike, whoever made them.
impl PartialEq for Csp {
    fn eq(&self, other: &Self) -> bool {
        self.without_nonce == other.without_nonce && self.with_nonce == other.with_nonce
    }
}

impl Eq for Csp {}

/// Who says that a policy was evaluated.
#[derive(Clone, Copy, Debug)]
enum Evaluation {
    /// This module, a moment ago.
    Done,
    /// Generated code, which names the findings that its author takes on.
    Claimed { accepted: &'static [&'static str] },
}

impl Csp {
    /// The source that stands for the nonce of each response. Where nobody asks for a nonce the source is left out.
    pub const NONCE: &'static str = NONCE;

    /// Starts a policy at run time; prefer `csp!`, which tells mistakes at compile time.
    pub fn builder() -> CspBuilder {
        CspBuilder { policy: Policy::default(), acknowledged: Vec::new(), dangerous: Vec::new() }
    }

    /// The text for a response that nobody asked a nonce for.
    #[must_use]
    pub fn without_nonce(&self) -> &str {
        &self.without_nonce
    }

    /// The text for a response with this nonce.
    #[must_use]
    pub fn with_nonce(&self, nonce: &str) -> String {
        self.with_nonce.replace("{nonce}", nonce)
    }

    /// Takes two texts that the macro, or this module, has evaluated.
    pub(super) const fn evaluated(
        without_nonce: &'static str,
        with_nonce: &'static str,
        accepted: &'static [&'static str],
    ) -> Self {
        let evaluation = Evaluation::Claimed { accepted };
        Self { without_nonce: Cow::Borrowed(without_nonce), with_nonce: Cow::Borrowed(with_nonce), evaluation }
    }

    /// Whether both texts are of one policy that the evaluator lets through. Of a policy of `csp!` that is so; it is asked again before
    /// the policy is sent, because generated code takes any text.
    pub(super) fn is_evaluated(&self) -> bool {
        let Evaluation::Claimed { accepted } = self.evaluation else { return true };
        let policy = Policy::parse(&self.with_nonce);
        let is_accepted = |name: &str| accepted.contains(&name);
        let is_whole =
            policy.to_string() == self.with_nonce && policy.without_nonce().to_string() == self.without_nonce;
        is_whole && !breaks_out(&policy) && open_findings(&policy, is_accepted, is_accepted).is_empty()
    }

    /// The text before and after each place of the nonce.
    pub(super) fn nonce_pieces(&self) -> impl Iterator<Item = &str> {
        self.with_nonce.split("{nonce}")
    }

    /// Both texts with more values in one directive.
    pub(super) fn extended<V: AsRef<str>>(&self, directive: &str, values: &[V]) -> Self {
        let extend = |text: &str| {
            let mut policy = Policy::parse(text);
            policy.extend(directive, values);
            Cow::Owned(policy.to_string())
        };
        let (without_nonce, with_nonce) = (extend(&self.without_nonce), extend(&self.with_nonce));
        Self { without_nonce, with_nonce, evaluation: self.evaluation }
    }
}

/// What `csp!` expands to: both texts, and the names that stand in `allow` and `dangerously_allow_…`.
#[must_use]
pub const fn evaluated_policy(
    without_nonce: &'static str,
    with_nonce: &'static str,
    accepted: &'static [&'static str],
) -> Csp {
    Csp::evaluated(without_nonce, with_nonce, accepted)
}

/// What the evaluator finds and nobody takes on.
fn open_findings(
    policy: &Policy,
    is_acknowledged: impl Fn(&str) -> bool,
    is_dangerously_allowed: impl Fn(&str) -> bool,
) -> Vec<Finding> {
    let is_open = |found: &Finding| match found.refusal() {
        None => false,
        Some(Refusal::Always) => true,
        Some(Refusal::UnlessAcknowledged(name)) => !is_acknowledged(&name) && !is_dangerously_allowed(&name),
        Some(Refusal::UnlessDangerouslyAllowed(name)) => !is_dangerously_allowed(&name),
    };
    evaluate(policy).into_iter().filter(is_open).collect()
}

/// Whether a name or a value would end its directive, or the header.
fn breaks_out(policy: &Policy) -> bool {
    policy.directives().iter().any(|directive| {
        let texts = std::iter::once(&directive.name).chain(&directive.values);
        texts.into_iter().any(|text| text.is_empty() || text.bytes().any(|b| !b.is_ascii_graphic() || b == b';'))
    })
}

/// A Content Security Policy that is evaluated while the program compiles.
///
/// Keywords are bare words, hosts string literals, schemes end in a colon, and `nonce` stands for the nonce of each response (see
/// [`Nonce`](crate::Nonce)). Whatever Google's csp-evaluator calls high or syntax is an error at its word, and so is more that it does not
/// see; `allow(name, …)` acknowledges what a policy leaves open, `dangerously_allow_name("reason")` accepts what lets scripts in.
///
/// ```
/// use secure_forms::{Csp, csp};
///
/// const POLICY: Csp = csp! {
///     default-src none;
///     script-src nonce strict-dynamic;
///     style-src self nonce;
///     img-src self data: "https://img.example.org";
///     base-uri none;
///     form-action self;
///     allow(missing_frame_ancestors);
/// };
/// assert!(POLICY.with_nonce("abc").starts_with("default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; "));
/// ```
///
/// A policy that lets everybody's scripts in does not compile:
///
/// ```compile_fail
/// let open = secure_forms::csp! { script-src *; object-src none; base-uri none; form-action self; frame-ancestors none };
/// ```
///
/// # Security
/// A policy that looks strict and is not is worse than none. The evaluation is of the text: whether a listed host serves what it should
/// cannot be seen.
#[cfg(feature = "derive")]
#[macro_export]
macro_rules! csp {
    () => {
        $crate::__private_0_1::compile_error!(
            "an empty policy protects nothing\nhelp: start with `default-src none;` and add what the pages need"
        )
    };
    ($($policy:tt)*) => { $crate::__private_0_1::csp!([$crate] $($policy)*) };
}

/// Gathers directives; [`CspBuilder::build`] evaluates them.
#[derive(Clone, Debug)]
#[must_use = "nothing is evaluated before `build`"]
pub struct CspBuilder {
    policy: Policy,
    acknowledged: Vec<String>,
    dangerous: Vec<String>,
}

impl CspBuilder {
    /// Adds a directive with its sources, spelled as in the header, or [`Csp::NONCE`].
    pub fn directive<V: AsRef<str>>(mut self, name: &str, sources: impl IntoIterator<Item = V>) -> Self {
        self.policy.push(Directive::new(name, sources));
        self
    }

    /// Acknowledges something that the policy leaves open, such as `missing_form_action`.
    pub fn allow(mut self, name: &str) -> Self {
        self.acknowledged.push(name.to_owned());
        self
    }

    /// Accepts a finding that lets scripts in, such as `script_unsafe_inline`, for a reason that stands in your code.
    ///
    /// ```
    /// use secure_forms::Csp;
    /// use secure_forms::csp::{CspBuilder, RefusedPolicy};
    ///
    /// let builder: CspBuilder = Csp::builder().directive("default-src", ["'none'"]).directive("script-src", ["'unsafe-inline'"]);
    /// let refused: RefusedPolicy = builder.build().unwrap_err();
    /// assert!(refused.sentences().any(|sentence| sentence.contains("unsafe-inline")));
    /// ```
    ///
    /// # Security
    /// A policy with such a hole hardly protects against injected scripts.
    pub fn dangerously_allow(mut self, name: &str, reason: &'static str) -> Self {
        let _ = reason;
        self.dangerous.push(name.to_owned());
        self
    }

    /// Evaluates the policy.
    ///
    /// # Errors
    /// [`RefusedPolicy`] with every finding that was neither acknowledged nor dangerously allowed.
    pub fn build(self) -> Result<Csp, RefusedPolicy> {
        let findings = open_findings(
            &self.policy,
            |name| self.acknowledged.iter().any(|known| known == name),
            |name| self.dangerous.iter().any(|known| known == name),
        );
        if !findings.is_empty() || breaks_out(&self.policy) {
            return Err(RefusedPolicy { findings });
        }
        let without_nonce = Cow::Owned(self.policy.without_nonce().to_string());
        Ok(Csp { without_nonce, with_nonce: Cow::Owned(self.policy.to_string()), evaluation: Evaluation::Done })
    }
}

/// Why a policy was not taken.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RefusedPolicy {
    findings: Vec<Finding>,
}

impl RefusedPolicy {
    /// One sentence for each finding: directive, what is wrong, and the name that would acknowledge it.
    pub fn sentences(&self) -> impl Iterator<Item = String> {
        self.findings.iter().map(|found| {
            let exception = match found.refusal() {
                Some(Refusal::UnlessAcknowledged(name)) => format!(" (allow: {name})"),
                Some(Refusal::UnlessDangerouslyAllowed(name)) => format!(" (dangerously_allow: {name})"),
                _ => String::new(),
            };
            format!("{}: {}{exception}", found.directive, found.message)
        })
    }
}

impl fmt::Display for RefusedPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the policy is refused")?;
        if self.findings.is_empty() {
            f.write_str(
                ": a name or a source is empty, or holds a blank, a semicolon or a character outside visible ASCII",
            )?;
        }
        for sentence in self.sentences() {
            write!(f, "; {sentence}")?;
        }
        Ok(())
    }
}

impl std::error::Error for RefusedPolicy {}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed() -> CspBuilder {
        Csp::builder()
            .directive("default-src", ["'none'"])
            .directive("object-src", ["'none'"])
            .directive("base-uri", ["'none'"])
            .directive("form-action", ["'self'"])
            .directive("frame-ancestors", ["'none'"])
    }

    #[test]
    fn a_closed_policy_is_taken() {
        assert!(closed().directive("script-src", ["'self'"]).build().is_ok());
    }

    #[test]
    fn a_high_finding_needs_the_dangerous_name() {
        let open = closed().directive("script-src", ["'unsafe-inline'"]);
        assert!(open.clone().build().is_err());
        assert!(open.clone().allow("script_unsafe_inline").build().is_err());
        assert!(open.dangerously_allow("script_unsafe_inline", "a legacy page").build().is_ok());
    }

    #[test]
    fn a_source_cannot_end_its_directive() {
        for source in ["a.example; script-src *", "a.example;", "a.example b.example", "a\r\nb", ""] {
            assert!(closed().directive("img-src", [source]).build().is_err(), "{source}");
        }
    }

    #[test]
    fn the_nonce_stands_only_where_one_is_asked_for() {
        let policy = closed().directive("script-src", [Csp::NONCE, "'strict-dynamic'"]).build().unwrap();
        assert!(policy.without_nonce().ends_with("script-src 'none'"));
        assert!(policy.with_nonce("abc").ends_with("script-src 'nonce-abc' 'strict-dynamic'"));
    }
}
