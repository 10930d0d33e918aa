//! Content Security Policy: the model, its text, and the evaluator that judges it.
//!
//! The text of a policy enters, a [`Policy`] and its [`Finding`]s leave. The same code runs inside `csp!` at compile time and in the library
//! at run time. Sources: Content Security Policy Level 3 (W3C); the checks of Google's csp-evaluator 1.1.8, whose severities and kinds are
//! kept; and what that evaluator does not see, marked as ours in [`Kind`].
//!
//! ```
//! use secure_forms_core::csp::{Kind, Policy, Severity, evaluate};
//!
//! let findings = evaluate(&Policy::parse("script-src 'unsafe-inline'; object-src 'none'"));
//! assert!(findings.iter().any(|found| found.severity == Severity::High && found.kind == Kind::ScriptUnsafeInline));
//! ```

mod beyond_evaluator;
mod bypass;
mod effective;
mod evaluate;
mod finding;
mod host;
mod names;
mod policy;
mod published;
mod source;
mod strict;

pub use self::evaluate::evaluate;
pub use self::finding::{Finding, Kind, Refusal, Severity};
pub use self::names::{DIRECTIVES, KEYWORDS, is_directive};
pub use self::policy::{Directive, Policy};
pub use self::source::NONCE;
