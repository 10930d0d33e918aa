//! The one driver that turns a submission into a form: scan the body into slots, then filter, parse and check field by
//! field. Not generic but for the conversion of each value, so that a hundred forms share one copy of it.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use super::check::CheckError;
use super::definition::{Form, NoAsyncChecks, NoContext};
use super::entry::{Entries, Entry};
use super::field::Field;
use super::filter::is_same_text;
use super::method::FormMethod;
use super::problem::ProblemKind;
use super::render::{FormPage, FormView};
use super::report::Report;
use super::spec::{FieldSpec, FormSpec, Unknown};
use super::submission::{Envelope, Stop, Submission};
use super::valid::{Rejected, Valid};
use crate::request::urlencoded::Pairs;
use crate::request::{BodyProblem, Unread};
#[cfg(feature = "multipart")]
use crate::request::{PartValue, Parts};

/// The most pairs that a body may hold, as Django's `DATA_UPLOAD_MAX_NUMBER_FIELDS`.
pub(crate) const MAX_PAIRS: usize = 1000;

/// The names that belong to the form's protection and not to its fields.
const RESERVED: [&str; 2] = ["csrf_token", "next"];

/// How a form takes its values out of the slots. Made by `#[derive(Form)]`.
pub trait Bind<'a>: Form {
    /// One slot per field.
    type Entries: Entries<'a>;

    /// Takes every field and runs every check; `None` if a field has no value. Forms whose checks wait for something have
    /// [`bind_waiting`](Self::bind_waiting) alone, and are not [`NoAsyncChecks`].
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
    source: Source<'a>,
}

impl<'a> Binder<'_, 'a> {
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

    /// What a form without problems came in, or the form as it is shown again.
    fn outcome(&mut self) -> Result<Option<Arc<dyn Envelope>>, Box<FormView>> {
        if self.report.is_empty() { Ok(self.source.0.cloned()) } else { Err(self.page()) }
    }

    /// The form as it is shown again.
    fn page(&mut self) -> Box<FormView> {
        self.source.page(self.spec, self.entries, std::mem::take(&mut self.report))
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
fn message_for(spec: &FieldSpec, kind: &ProblemKind) -> Option<&'static str> {
    let of_rule = spec.rules.iter().find(|rule| rule.constraint.refuses_with(kind)).and_then(|rule| rule.message);
    of_rule.or(spec.message)
}

impl Submission {
    /// Binds a form whose checks look at nothing but the form.
    ///
    /// # Errors
    /// [`Rejected`]: every problem, and the typed text for showing the form again.
    pub fn bind<'a, T: Bind<'a, Context = NoContext> + NoAsyncChecks>(&'a mut self) -> Result<Valid<T>, Rejected<T>> {
        self.bind_with(&NoContext)
    }

    /// Binds a form whose checks look at the application's state.
    ///
    /// # Errors
    /// As [`Submission::bind`].
    pub fn bind_with<'a, T: Bind<'a> + NoAsyncChecks>(
        &'a mut self,
        context: &T::Context,
    ) -> Result<Valid<T>, Rejected<T>> {
        let mut entries = T::Entries::empty();
        let mut binder = open(self, T::SPEC, entries.as_mut());
        let Some(value) = T::bind(&mut binder, context) else {
            return Err(Rejected { page: FormPage::of(binder.page()) });
        };
        match binder.outcome() {
            Ok(envelope) => Ok(Valid { value, envelope }),
            Err(page) => Err(Rejected { page: FormPage::of(page) }),
        }
    }

    /// Binds a form and waits for its asynchronous checks.
    ///
    /// # Errors
    /// As [`Submission::bind`].
    pub async fn validate<'a, T: Bind<'a>>(&'a mut self, context: &T::Context) -> Result<Valid<T>, Rejected<T>> {
        let mut entries = T::Entries::empty();
        let mut binder = open(self, T::SPEC, entries.as_mut());
        let value = match T::bind_waiting(&mut binder, context) {
            Waiting::Ready(value) => value,
            Waiting::Later(checks) => checks.await,
        };
        let Some(value) = value else {
            return Err(Rejected { page: FormPage::of(binder.page()) });
        };
        match binder.outcome() {
            Ok(envelope) => Ok(Valid { value, envelope }),
            Err(page) => Err(Rejected { page: FormPage::of(page) }),
        }
    }
}

/// Where the form came from: what the answer needs of it.
#[derive(Clone, Copy)]
struct Source<'a>(Option<&'a Arc<dyn Envelope>>);

impl Source<'_> {
    fn page(self, spec: &'static FormSpec, entries: &[Entry<'_>], report: Report) -> Box<FormView> {
        let mut page = FormView::rejected(spec, entries, report);
        if let Some(envelope) = self.0 {
            page.answer(envelope.page(spec));
        }
        Box::new(page)
    }
}

/// Fills the slots; a form that may not act gets a binder that gives out none. Not generic: each form would pay for a copy.
fn open<'s, 'a>(
    submission: &'a mut Submission,
    spec: &'static FormSpec,
    entries: &'s mut [Entry<'a>],
) -> Binder<'s, 'a> {
    let verdict = submission.verdict(spec);
    let source = Source(submission.envelope.as_ref());
    let mut report = Report::default();
    let unread = match &mut submission.body {
        Ok(body) => body.read().ok_or(BodyProblem::AlreadyBound),
        Err(problem) => Err(*problem),
    };
    let may_act = match (unread, verdict) {
        // Nothing of such a request was read.
        (_, Err(stop @ Stop::Method)) => {
            report.of_request(stop.into());
            false
        }
        // Without its body the request has no token to be judged by; nothing of it is executed either way.
        (Err(problem), _) => {
            report.body(problem);
            false
        }
        (Ok(unread), Ok(_)) => {
            scan(unread, spec, entries, &mut report);
            !report.is_of_a_part()
        }
        // Nothing of a form that may not act is judged: checks could tell another site what they found. What an own page
        // sent is shown again; what another site sent is not.
        (Ok(unread), Err(stop)) => {
            if stop.is_of_own_page() {
                scan(unread, spec, entries, &mut Report::default());
            }
            report.of_request(stop.into());
            false
        }
    };
    let entries = &*entries;
    Binder { spec, entries, given: if may_act { entries } else { &[] }, report, source }
}

/// Fills the slots.
fn scan<'a>(unread: Unread<'a>, spec: &'static FormSpec, entries: &mut [Entry<'a>], report: &mut Report) {
    match unread {
        Unread::Urlencoded(bytes) => scan_pairs(bytes, spec, entries, report),
        #[cfg(feature = "multipart")]
        Unread::Multipart(parts) => scan_parts(parts, spec, entries, report),
    }
}

/// Browsers send the fields in the order of the page, so the next expected name is tried first.
fn scan_pairs<'a>(bytes: &'a mut [u8], spec: &'static FormSpec, entries: &mut [Entry<'a>], report: &mut Report) {
    let mut expected = 0;
    for (count, pair) in Pairs::new(bytes).enumerate() {
        if count == MAX_PAIRS {
            report.body(BodyProblem::TooManyFields { max: MAX_PAIRS });
            break;
        }
        let name = match pair.name {
            Ok(name) => name,
            Err(problem) => {
                unreadable(spec, problem, report);
                continue;
            }
        };
        if let Some(index) = slot(spec, expected, name) {
            entries[index].put(pair.value);
            expected = index + 1;
        } else if let Ok(name) = std::str::from_utf8(name) {
            unknown(spec, name, pair.value.err(), report);
        } else {
            unreadable(spec, BodyProblem::BadUtf8, report);
        }
    }
}

#[cfg(feature = "multipart")]
fn scan_parts<'a>(parts: &'a Parts, spec: &'static FormSpec, entries: &mut [Entry<'a>], report: &mut Report) {
    for part in &parts.parts {
        let entry = slot(spec, 0, part.name.as_bytes()).and_then(|index| entries.get_mut(index));
        match (entry, &part.value) {
            (Some(entry), PartValue::Text(text)) => entry.put(Ok(text)),
            (Some(entry), PartValue::Broken(problem)) => entry.put(Err(*problem)),
            (Some(entry), PartValue::File(upload)) => entry.put_file(upload),
            (None, PartValue::Broken(problem)) => unknown(spec, &part.name, Some(*problem), report),
            (None, _) => unknown(spec, &part.name, None, report),
        }
    }
    if let Some(problem) = parts.cut {
        cut_short(problem, spec, entries, report);
    }
}

/// What ended the reading is told of the field that it ended in, if one did; of the others nothing is known.
#[cfg(feature = "multipart")]
fn cut_short(problem: BodyProblem, spec: &'static FormSpec, entries: &[Entry<'_>], report: &mut Report) {
    let is_of = |entry: &Entry<'_>| matches!(entry, Entry::Broken(own) if *own == problem);
    match spec.fields.iter().zip(entries).find(|(_, entry)| is_of(entry)) {
        Some((field, _)) => {
            let kind = ProblemKind::Body(problem);
            let message = message_for(field, &kind);
            report.add(field.name, field.label, kind, message);
        }
        None => report.body(problem),
    }
    report.is_partial = true;
}

#[inline]
fn slot(spec: &FormSpec, expected: usize, name: &[u8]) -> Option<usize> {
    if spec.fields.get(expected).is_some_and(|field| field.name.as_bytes() == name) {
        return Some(expected);
    }
    spec.fields.iter().position(|field| field.name.as_bytes() == name)
}

/// A name or a value that no field has, and that cannot be decoded. Bodies come from our own forms, which send none; a query
/// comes from wherever a link was written, with parameters that nobody here asked for.
fn unreadable(spec: &FormSpec, problem: BodyProblem, report: &mut Report) {
    if spec.method == FormMethod::Post || spec.unknown == Unknown::Reject {
        report.body(problem);
    }
}

fn unknown(spec: &FormSpec, name: &str, problem: Option<BodyProblem>, report: &mut Report) {
    if let Some(problem) = problem {
        unreadable(spec, problem, report);
    } else if spec.unknown == Unknown::Reject && !RESERVED.contains(&name) {
        report.body(BodyProblem::UnknownField);
    }
}
