//! All that is wrong with one submission, in the order of the fields, and the HTTP status that answers it.

use std::borrow::Cow;
use std::error::Error;

#[cfg(feature = "web")]
use http::StatusCode;

use super::check::{CheckError, Unavailable};
use super::message::Messages;
use super::problem::{Invalid, Problem, ProblemKind};
use super::spec::FormSpec;
use crate::request::BodyProblem;

/// The problems of one submission: at most one per field, and those of the form as a whole (path "").
///
/// ```
/// use secure_forms::form::ProblemKind;
/// use secure_forms::{Form, testing};
///
/// #[derive(Debug, Form)]
/// struct Login {
///     username: String,
/// }
///
/// let rejected = testing::submission("username=").bind::<Login>().unwrap_err();
/// let problem = rejected.report().for_field("username").unwrap();
/// assert_eq!(problem.kind(), &ProblemKind::Empty);
/// assert_eq!(rejected.report().status(), 422);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Report {
    problems: Vec<Problem>,
    /// Whether the body was not read to its end, so that of its fields nothing can be said.
    pub(crate) is_partial: bool,
    unavailable: Option<Unavailable>,
}

impl PartialEq for Report {
    fn eq(&self, other: &Self) -> bool {
        self.problems == other.problems
    }
}

impl Report {
    /// What is wrong with a request of whose fields nothing is said.
    pub(crate) fn of_request(kind: ProblemKind) -> Self {
        Self { problems: vec![Problem { path: Cow::Borrowed(""), label: "", kind, message: None }], ..Self::default() }
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    /// All problems.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The problem of the field with this name on the wire.
    pub fn for_field(&self, path: &str) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.path == path)
    }

    /// The problems of the form as a whole.
    ///
    /// ```
    /// use secure_forms::form::{Problem, Report};
    /// use secure_forms::{Form, Invalid, testing};
    ///
    /// #[derive(Debug, Form)]
    /// struct Login {
    ///     username: String,
    /// }
    ///
    /// let form = testing::submission("username=ada").bind::<Login>().unwrap();
    /// let rejected = form.reject(Invalid::new("The name or the password is not right."));
    /// let report: &Report = rejected.report();
    /// let whole: Vec<&Problem> = report.of_form().collect();
    /// assert_eq!(whole.len(), 1);
    /// ```
    pub fn of_form(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.path.is_empty())
    }

    /// 422 if only values are wrong (RFC 9110, 15.5.21); 503 if a check could not be made; else what the request's own problem
    /// asks for: 400, 403, 405, 413, 415.
    #[cfg(feature = "web")]
    pub fn status(&self) -> StatusCode {
        if self.unavailable.is_some() {
            return StatusCode::SERVICE_UNAVAILABLE;
        }
        let of_request = |problem: &Problem| match problem.kind {
            ProblemKind::MethodNotAllowed => Some(StatusCode::METHOD_NOT_ALLOWED),
            ProblemKind::Forbidden => Some(StatusCode::FORBIDDEN),
            ProblemKind::BadNext => Some(StatusCode::BAD_REQUEST),
            ProblemKind::Body(problem) => Some(problem.status()),
            ProblemKind::FileType { .. } | ProblemKind::FileMismatch => Some(StatusCode::UNSUPPORTED_MEDIA_TYPE),
            _ => None,
        };
        self.problems.iter().find_map(of_request).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Adds what an application's check found. Its field decides where the sentence stands; without one, it is the form's.
    pub fn invalid(&mut self, spec: &FormSpec, invalid: Invalid) {
        let field = invalid.field.and_then(|name| spec.fields.iter().find(|field| field.name == name));
        let (path, label) = field.map_or(("", ""), |field| (field.name, field.label));
        self.add(path, label, ProblemKind::Invalid(invalid.message), None);
    }

    /// Adds what a field's own check found: without a field of its own, the sentence stands beside `wire`.
    pub(crate) fn check_field(&mut self, spec: &FormSpec, wire: &'static str, error: impl Into<CheckError>) {
        self.check(spec, error.into(), Some(wire));
    }

    /// Adds what a check of the whole form found.
    pub(crate) fn check_form(&mut self, spec: &FormSpec, error: CheckError) {
        self.check(spec, error, None);
    }

    fn check(&mut self, spec: &FormSpec, error: CheckError, own: Option<&'static str>) {
        match error {
            CheckError::Invalid(invalid) => {
                let field = invalid.field.or(own);
                self.invalid(spec, Invalid { field, ..invalid });
            }
            // Once: several checks mostly ask the same database.
            CheckError::Unavailable(unavailable) => {
                if self.unavailable.is_none() {
                    self.unavailable = Some(unavailable);
                    self.add("", "", ProblemKind::Unavailable, None);
                }
            }
        }
    }

    /// What kept a check from being made, for the log.
    pub fn unavailable(&self) -> Option<&(dyn Error + 'static)> {
        self.unavailable.as_ref().map(Unavailable::error)
    }

    /// Once, however many pairs have it: a body can hold a thousand.
    pub(crate) fn body(&mut self, problem: BodyProblem) {
        let kind = ProblemKind::Body(problem);
        if self.of_form().all(|known| known.kind != kind) {
            self.add("", "", kind, None);
        }
    }

    /// Whether the body was not read to its end, so that a field may stand in the rest of it.
    pub(crate) fn is_of_a_part(&self) -> bool {
        self.is_partial
            || self
                .of_form()
                .any(|problem| matches!(problem.kind, ProblemKind::Body(BodyProblem::TooManyFields { .. })))
    }

    /// The form's own problems first, then those of its fields in their order: checks find theirs when all fields are taken.
    pub(crate) fn sort(&mut self, spec: &FormSpec) {
        self.problems.sort_by_key(|problem| spec.fields.iter().position(|field| field.name == problem.path));
    }

    /// A field keeps its first problem: the later ones mostly follow from it.
    pub(crate) fn add(
        &mut self,
        path: impl Into<Cow<'static, str>>,
        label: &'static str,
        kind: ProblemKind,
        message: Option<&'static str>,
    ) {
        let path = path.into();
        if path.is_empty() || self.for_field(&path).is_none() {
            self.problems.push(Problem { path, label, kind, message });
        }
    }

    /// The problems as RFC 9457 problem details, with an `errors` list of `detail` (the sentence), `pointer` (JSON
    /// pointer to the field) and `kind`. Values are never in it.
    ///
    /// ```
    /// use secure_forms::form::English;
    /// use secure_forms::{Form, testing};
    ///
    /// #[derive(Debug, Form)]
    /// struct Login {
    ///     username: String,
    /// }
    ///
    /// let rejected = testing::submission("username=").bind::<Login>().unwrap_err();
    /// let details = rejected.report().to_problem_details(&English);
    /// assert_eq!(details["status"], 422);
    /// assert!(rejected.report().unavailable().is_none());
    /// ```
    #[cfg(feature = "web")]
    pub fn to_problem_details(&self, messages: &dyn Messages) -> serde_json::Value {
        let status = self.status();
        let error = |problem: &Problem| {
            serde_json::json!({
                "detail": messages.problem(problem),
                "pointer": pointer(&problem.path),
                "kind": problem.kind.name(),
            })
        };
        serde_json::json!({
            "type": "about:blank",
            "title": status.canonical_reason().unwrap_or("Invalid form"),
            "status": status.as_u16(),
            "errors": self.problems.iter().map(error).collect::<Vec<_>>(),
        })
    }
}

/// A JSON pointer as a URI fragment (RFC 6901, section 6): `phones.0.number` becomes `#/phones/0/number`.
#[cfg(feature = "web")]
fn pointer(path: &str) -> String {
    if path.is_empty() { "#".to_owned() } else { format!("#/{}", path.replace('.', "/")) }
}
