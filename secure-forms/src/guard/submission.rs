//! What a person sent, and not yet believed: the body, and the head of the request that carried it. What adapters make of a
//! request, and what becomes a form.

use std::fmt;
use std::sync::Arc;

use super::head::RequestHead;
use super::stop::Stop;
use crate::form::{
    Bind, Binder, Entries, Entry, FormSpec, HiddenFields, NoAsyncChecks, NoContext, PageContext, ProblemKind, Rejected,
    Report, Scan, Valid, Waiting,
};
use crate::request::{Body, BodyProblem};

/// A submitted form that is not bound yet. It owns the request's bytes; values are decoded in place, so a form that
/// borrows (`&str` fields) borrows from here and allocates nothing. It can be bound once.
///
/// An adapter's extractor makes it from a request; tests make it with the module `testing` (a feature of that name).
///
/// ```
/// use secure_forms::{Form, testing};
///
/// #[derive(Form)]
/// struct Search<'a> {
///     q: &'a str,
/// }
///
/// let mut submission = testing::submission("q=caf%C3%A9");
/// let search = submission.bind::<Search<'_>>().unwrap();
/// assert_eq!(search.q, "café");
/// ```
///
/// # Security
/// An adapter's submission carries the request's verdict (its method, its headers, its token), and no form is bound against
/// it. `Debug` never shows a byte of the body: it holds passwords.
pub struct Submission {
    body: Result<Body, BodyProblem>,
    /// None where there was no request.
    head: Option<Arc<RequestHead>>,
}

impl Submission {
    /// Takes the text of an `application/x-www-form-urlencoded` body or of a query, of which nobody knows who sent it: for
    /// programs that are no web servers. Tests use `testing::submission`.
    ///
    /// ```
    /// use secure_forms::guard::Submission;
    /// use secure_forms::Form;
    ///
    /// #[derive(Form)]
    /// struct Import {
    ///     name: String,
    /// }
    ///
    /// let mut line = Submission::dangerously_without_request("name=Ada", "a line of a file that this program wrote");
    /// assert_eq!(line.bind::<Import>().unwrap().name, "Ada");
    /// ```
    ///
    /// # Security
    /// The `Valid` that is bound from it proves the form's rules alone, and not that a page of this site sent it (CWE-352).
    /// The reason is for the reviewer.
    pub fn dangerously_without_request(text: impl Into<Vec<u8>>, reason: &'static str) -> Self {
        let _ = reason;
        Self { body: Ok(Body::urlencoded(text.into())), head: None }
    }

    /// What the guard took from a request.
    pub(super) fn from_request(body: Result<Body, BodyProblem>, head: RequestHead) -> Self {
        Self { body, head: Some(Arc::new(head)) }
    }

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
        let mut binder = self.open(T::SPEC, entries.as_mut());
        let value = T::bind(&mut binder, context);
        Valid::of(value, binder)
    }

    /// Binds a form and waits for its asynchronous checks.
    ///
    /// # Errors
    /// As [`Submission::bind`].
    pub async fn validate<'a, T: Bind<'a>>(&'a mut self, context: &T::Context) -> Result<Valid<T>, Rejected<T>> {
        let mut entries = T::Entries::empty();
        let mut binder = self.open(T::SPEC, entries.as_mut());
        let value = match T::bind_waiting(&mut binder, context) {
            Waiting::Ready(value) => value,
            Waiting::Later(checks) => checks.await,
        };
        Valid::of(value, binder)
    }

    /// Fills the slots; a form that may not act gets a binder that gives out none. Not generic: each form would pay for a copy.
    fn open<'s, 'a>(&'a mut self, spec: &'static FormSpec, entries: &'s mut [Entry<'a>]) -> Binder<'s, 'a> {
        let Self { body, head } = self;
        let head = head.as_ref();
        // Nothing of such a request was read.
        if head.is_some_and(|head| !head.carries(spec)) {
            return Binder::giving_none(spec, entries, Report::of_request(Stop::Method.into()), page(head, None));
        }
        let unread = match body {
            Ok(body) => body.read().ok_or(BodyProblem::AlreadyBound),
            Err(problem) => Err(*problem),
        };
        let unread = match unread {
            Ok(unread) => unread,
            // Without its body the request has no token to be judged by; nothing of it is executed either way.
            Err(problem) => {
                let report = Report::of_request(ProblemKind::Body(problem));
                return Binder::giving_none(spec, entries, report, page(head, None));
            }
        };
        let Scan { hidden, report } = Scan::of(unread, spec, entries);
        let context = page(head, Some(&hidden));
        let verdict = head.map_or(Ok(()), |head| head.verdict(spec, &hidden));
        match verdict {
            Ok(()) if report.is_of_a_part() => Binder::giving_none(spec, entries, report, context),
            Ok(()) => Binder::new(spec, entries, report, context),
            // Nothing of a form that may not act is judged: checks could tell another site what they found. What an own page
            // sent is shown again; what another site sent is not.
            Err(stop) => {
                if !stop.is_of_own_page() {
                    entries.fill(Entry::Absent);
                }
                Binder::giving_none(spec, entries, Report::of_request(stop.into()), context)
            }
        }
    }
}

/// What a page in answer needs; nothing, where there was no request.
fn page(head: Option<&Arc<RequestHead>>, hidden: Option<&HiddenFields<'_>>) -> PageContext {
    head.map(|head| head.page(hidden)).unwrap_or_default()
}

impl fmt::Debug for Submission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submission").field("body", &self.body).finish_non_exhaustive()
    }
}

#[cfg(all(test, feature = "derive"))]
#[allow(clippy::unwrap_used, reason = "a test fails where it stands")]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use http::{HeaderMap, Request, header};
    use http_body_util::Full;

    use super::*;
    use crate::request::urlencoded::PASSES;
    use crate::response::Exchange;
    use crate::session::OwnOrigins;
    use crate::session::{Binding, CSRF_COOKIE, Clock, Cookies, Timestamp};
    use crate::{Form, FormGuard, KeyRing};

    #[derive(Debug, Form)]
    struct Note {
        text: String,
    }

    fn guard() -> FormGuard {
        FormGuard::new(KeyRing::generate().unwrap(), OwnOrigins::parse("https://app.example").unwrap())
    }

    /// A visitor's cookie line and what tokens of that visitor are bound to.
    fn visitor(guard: &FormGuard) -> (String, Binding) {
        let headers = HeaderMap::new();
        let visitor = guard.csrf().visitor(&Cookies::from_headers(&headers)).unwrap();
        let line: http::HeaderValue = visitor.set_cookie.clone().unwrap().into();
        assert!(line.to_str().unwrap().starts_with(CSRF_COOKIE.name()));
        (line.to_str().unwrap().split(';').next().unwrap().to_owned(), visitor.binding())
    }

    fn post(guard: &FormGuard, query: &str, body: impl FnOnce(&str) -> String) -> Submission {
        let (cookie, binding) = visitor(guard);
        send(guard, query, cookie, body(&guard.csrf().issue(Note::SPEC.path, &binding)))
    }

    fn send(guard: &FormGuard, query: &str, cookie: String, body: String) -> Submission {
        let (mut parts, body) = Request::post(format!("/note{query}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookie)
            .extension(std::sync::Arc::new(Exchange::default()))
            .body(Full::new(Bytes::from(body)))
            .unwrap()
            .into_parts();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(guard.submission(&mut parts, body, Some(Note::SPEC)))
    }

    #[test]
    fn the_body_is_looked_through_once_for_its_token_next_and_fields() {
        let guard = guard();
        let mut submission = post(&guard, "", |token| format!("csrf_token={token}&next=%2Fmine&text=hello"));
        assert_eq!(PASSES.get(), 0, "nobody looks before the form is known");
        let note = submission.bind::<Note>().unwrap();
        assert_eq!(note.text, "hello");
        assert_eq!(note.return_to_or(crate::safe_path!("/")).as_str(), "/mine");
        assert_eq!(PASSES.get(), 1);
    }

    #[test]
    fn the_token_of_a_form_that_was_accepted_is_made_when_it_is_shown_again() {
        let clock = Clock::stopped_at(Timestamp::from_unix(1_000_000));
        let guard = guard().with_clock(clock.clone());
        let (cookie, binding) = visitor(&guard);
        let body = format!("csrf_token={}&text=hello", guard.csrf().issue(Note::SPEC.path, &binding));
        let note = send(&guard, "", cookie, body).bind::<Note>().unwrap();
        clock.advance(Duration::from_secs(3599));
        let page = note.reject(crate::Invalid::new("Not now.")).into_page();
        clock.advance(Duration::from_secs(3599));
        assert_eq!(guard.csrf().verify(page.token.as_deref(), Note::SPEC.path, &binding), Ok(()));
    }

    #[test]
    fn a_token_that_comes_twice_or_cannot_be_read_lets_nothing_act() {
        let guard = guard();
        let with = |body: fn(&str) -> String| {
            let rejected = post(&guard, "", body).bind::<Note>().unwrap_err();
            assert!(!rejected.render().as_str().contains("hello"));
            rejected.status().as_u16()
        };
        assert_eq!(with(|token| format!("csrf_token={token}&csrf_token={token}&text=hello")), 400);
        assert_eq!(with(|token| format!("csrf_token=%ff{token}&text=hello")), 400);
        assert_eq!(with(|token| format!("csrf_token={token}x&text=hello")), 403);
    }

    #[test]
    fn next_is_one_wherever_it_stands() {
        let guard = guard();
        let to = |query, body: fn(&str) -> String| {
            let mut submission = post(&guard, query, body);
            let bound = submission.bind::<Note>();
            bound
                .map(|note| note.return_to_or(crate::safe_path!("/")).as_str().to_owned())
                .map_err(|no| no.status().as_u16())
        };
        let alone: fn(&str) -> String = |token| format!("csrf_token={token}&text=x");
        let with: fn(&str) -> String = |token| format!("csrf_token={token}&n%65xt=/b&text=x");
        let twice: fn(&str) -> String = |token| format!("next=/b&csrf_token={token}&next=/b&text=x");
        let off: fn(&str) -> String = |token| format!("csrf_token={token}&next=//evil.test&text=x");
        let broken: fn(&str) -> String = |token| format!("csrf_token={token}&next=%ff&text=x");
        assert_eq!(to("?next=/a", alone), Ok("/a".to_owned()));
        assert_eq!(to("", with), Ok("/b".to_owned()));
        for (query, body) in [("?next=/a", with), ("", twice), ("", off), ("", broken)] {
            assert_eq!(to(query, body), Err(400), "{query} {}", body("token"));
        }
    }
}
