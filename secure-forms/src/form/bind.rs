//! The one driver that turns the slots of a scanned body into a form: filter, parse and check, field by field. Not generic but
//! for the conversion of each value, so that a hundred forms share one copy of it.

use std::fmt;
use std::pin::Pin;

use super::check::CheckError;
use super::definition::Form;
use super::entry::{Entries, Entry};
use super::field::Field;
use super::filter::is_same_text;
use super::page::FormView;
use super::page_context::PageContext;
use super::problem::ProblemKind;
use super::report::Report;
use super::spec::{FieldSpec, FormSpec};
use crate::request::BodyProblem;

/// How a form takes its values out of the slots. Made by `#[derive(Form)]`.
pub trait Bind<'a>: Form {
    /// One slot per field.
    type Entries: Entries<'a>;

    /// Takes every field and runs every check; `None` if a field has no value. Forms whose checks wait for something have
    /// [`bind_waiting`](Self::bind_waiting) alone, and are not [`NoAsyncChecks`](super::definition::NoAsyncChecks).
    fn bind(binder: &mut Binder<'_, 'a>, context: &Self::Context) -> Option<Self> {
        let _ = (binder, context);
        None
    }

    /// The same, with the checks that wait for something: each is run if its own field is good, whatever is wrong elsewhere, so
    /// that a person is told of everything at once.
    fn bind_waiting<'w>(binder: &'w mut Binder<'_, 'a>, context: &'w Self::Context) -> Waiting<'w, Self> {
        Waiting::Ready(Self::bind(binder, context))
    }
}

/// A form that may still wait for its checks.
pub enum Waiting<'w, T> {
    /// It waits for nothing.
    Ready(Option<T>),
    /// It waits. (Boxed: rustc cannot yet tell that a future which a trait with a lifetime returns is `Send`,
    /// rust-lang/rust#100013.)
    Later(Pin<Box<dyn Future<Output = Option<T>> + Send + 'w>>),
}

impl<'w, T> Waiting<'w, T> {
    /// For generated code.
    #[doc(hidden)]
    pub fn later(checks: impl Future<Output = Option<T>> + Send + 'w) -> Self {
        Self::Later(Box::pin(checks))
    }
}

impl<T> fmt::Debug for Waiting<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Waiting(…)")
    }
}

/// Walks through the fields of one submission and gathers the problems.
pub struct Binder<'s, 'a> {
    spec: &'static FormSpec,
    entries: &'s [Entry<'a>],
    /// What the fields are taken from: nothing, where the form may not act.
    given: &'s [Entry<'a>],
    report: Report,
    context: PageContext,
}

impl<'s, 'a> Binder<'s, 'a> {
    /// For a form that may act.
    pub(crate) fn new(spec: &'static FormSpec, entries: &'s [Entry<'a>], report: Report, context: PageContext) -> Self {
        Self { spec, entries, given: entries, report, context }
    }

    /// For a form that may not: it gives out no field, and the report says why.
    pub(crate) fn giving_none(
        spec: &'static FormSpec,
        entries: &'s [Entry<'a>],
        report: Report,
        context: PageContext,
    ) -> Self {
        Self { spec, entries, given: &[], report, context }
    }

    /// The value that `bind` makes of field `index`, or a problem in the report.
    #[inline]
    pub fn field<T>(
        &mut self,
        index: usize,
        bind: impl FnOnce(&Entry<'a>, &FieldSpec) -> Result<T, ProblemKind>,
    ) -> Option<T> {
        let (entry, spec) = (self.given.get(index)?, self.spec.fields.get(index)?);
        match bind(entry, spec) {
            Ok(value) => Some(value),
            Err(kind) => self.refuse(spec, kind),
        }
    }

    #[cold]
    fn refuse<T>(&mut self, spec: &'static FieldSpec, kind: ProblemKind) -> Option<T> {
        // No person can mend an encoding in a field: it is the body's, whichever field shows it.
        if let ProblemKind::Body(problem @ (BodyProblem::BadUtf8 | BodyProblem::BadPercentEncoding)) = kind {
            self.report.body(problem);
            return None;
        }
        let kind = if spec.kind.is_secret() { kind.without_measure() } else { kind };
        let message = message_for(spec, &kind);
        self.report.add(spec.name, spec.label, kind, message);
        None
    }

    /// Runs the application's check of field `index`, if the field is good and has a value.
    pub fn check<V, E: Into<CheckError>>(
        &mut self,
        index: usize,
        value: Option<&V>,
        check: impl FnOnce(&V) -> Result<(), E>,
    ) {
        if let (Some(value), Some(spec)) = (value, self.spec.fields.get(index))
            && let Err(error) = check(value)
        {
            self.report.check_field(self.spec, spec.name, error);
        }
    }

    /// The value of field `index` for a check that waits for something: none if the field is wrong already.
    pub fn good<'v, V>(&self, index: usize, value: Option<&'v V>) -> Option<&'v V> {
        let spec = self.spec.fields.get(index)?;
        value.filter(|_| self.report.for_field(spec.name).is_none())
    }

    /// What a check that waited found of field `index`.
    pub fn refuse_check(&mut self, index: usize, error: impl Into<CheckError>) {
        if let Some(spec) = self.spec.fields.get(index) {
            self.report.check_field(self.spec, spec.name, error);
        }
    }

    /// Field `index` must repeat field `other`; both must have a value of their own. Texts that differ in how their accents
    /// are put together are the same.
    pub fn equal_to<T: Field<'a> + PartialEq>(
        &mut self,
        index: usize,
        value: &Option<T>,
        other: usize,
        twin: &Option<T>,
    ) {
        if let (Some(value), Some(twin), Some(spec), Some(other)) =
            (value, twin, self.spec.fields.get(index), self.spec.fields.get(other))
            && value != twin
            && !matches!((value.to_text(), twin.to_text()), (Some(one), Some(two)) if is_same_text(&one, &two))
        {
            self.refuse::<()>(spec, ProblemKind::NotEqual { other: other.label });
        }
    }

    /// What a page in answer to a form without problems needs, or the form as it is shown again.
    pub(crate) fn outcome(self) -> Result<PageContext, Box<FormView>> {
        if self.report.is_empty() { Ok(self.context) } else { Err(self.page()) }
    }

    /// The form as it is shown again.
    pub(crate) fn page(self) -> Box<FormView> {
        let mut page = FormView::rejected(self.spec, self.entries, self.report);
        page.answer(self.context);
        Box::new(page)
    }

    /// Runs the form's own check, once every field is good.
    pub fn check_form<E: Into<CheckError>>(&mut self, check: impl FnOnce() -> Result<(), E>) {
        if self.report.is_empty()
            && let Err(error) = check()
        {
            self.report.check_form(self.spec, error.into());
        }
    }
}

/// What is wrong, and no word of what was typed.
impl fmt::Debug for Binder<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Binder").field("form", &self.spec.path).field("report", &self.report).finish_non_exhaustive()
    }
}

/// The rule's own sentence, else the field's.
pub(super) fn message_for(spec: &FieldSpec, kind: &ProblemKind) -> Option<&'static str> {
    let of_rule = spec.rules.iter().find(|rule| rule.constraint.refuses_with(kind)).and_then(|rule| rule.message);
    of_rule.or(spec.message)
}
