//! What is wrong with a statement or a schema, as data: the sentence, the place in bytes, and the fix where one is known.

use std::fmt;
use std::ops::Range;

/// One thing that is wrong with a statement or a template.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// Whether the database would refuse the statement, or the checker cannot tell.
    pub kind: ProblemKind,
    /// What is wrong, in lower case and without full stop.
    pub message: String,
    /// Where, in bytes of the statement's or the template's text.
    pub span: Range<usize>,
    /// What to write instead.
    pub help: Option<String>,
}

/// How sure a [`Problem`] is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum ProblemKind {
    /// The database refuses to prepare the statement, or a rule of templates forbids it.
    Refused,
    /// The statement uses something that the checker does not know. It may be right.
    CannotJudge,
}

impl Problem {
    /// What is surely wrong. `span` counts bytes; the message is in lower case and without full stop.
    ///
    /// ```
    /// use secure_forms_sql::{Problem, ProblemKind};
    ///
    /// let problem = Problem::new(7..11, "no column `nmae`").help("did you mean `name`?");
    /// assert_eq!((problem.kind, problem.help.as_deref()), (ProblemKind::Refused, Some("did you mean `name`?")));
    /// ```
    pub fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { kind: ProblemKind::Refused, message: message.into(), span, help: None }
    }

    /// What may be right, but is not known.
    pub(crate) fn cannot_judge(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { kind: ProblemKind::CannotJudge, message: message.into(), span, help: None }
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

/// The list that the problems of a statement are reported into.
#[derive(Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    pub(crate) fn report(&mut self, problem: Problem) {
        // The same sentence at the same place says nothing new.
        if !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In the order of their places.
    pub(crate) fn sorted(mut self) -> Vec<Problem> {
        self.0.sort_by_key(|problem| (problem.span.start, problem.span.end));
        self.0
    }
}

/// A migration that does not describe a schema.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SchemaError {
    /// The name of the migration, as it was given.
    pub file: String,
    /// What is wrong, in lower case and without full stop.
    pub message: String,
    /// Where, in bytes of that migration's text.
    pub span: Range<usize>,
}

impl fmt::Display for SchemaError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.file, self.message)
    }
}

impl std::error::Error for SchemaError {}
