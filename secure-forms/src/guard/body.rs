//! The body of a request becomes a [`Submission`]: its media type says how it is read, the form's table how much of it. The head
//! is judged before the body is read, the body's size while it is read. HTML Standard, 4.10.22.7 and 4.10.22.8.

use std::error::Error;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, header};

use super::bytes::read;
use super::carrier::Carrier;
use super::config::FormGuard;
use super::head::RequestHead;
#[cfg(feature = "multipart")]
use super::multipart;
use super::submission::Submission;
use crate::form::{FormSpec, most_encoded};
#[cfg(feature = "multipart")]
use crate::request::multipart::boundary;
use crate::request::{Body, BodyProblem};

impl FormGuard {
    /// Reads a form from a request: judges its head, then reads its body as far as it may be read. What is wrong with the request is
    /// told when the form is bound. `form` is `T::SPEC`; where it is not known yet, files and texts beyond the guard's own limit are
    /// not taken.
    ///
    /// ```
    /// use bytes::Bytes;
    /// use http::Request;
    /// use http_body_util::Full;
    /// use secure_forms::csrf::OwnOrigins;
    /// use secure_forms::{Form, FormGuard, KeyRing};
    ///
    /// #[derive(Debug, Form)]
    /// #[form(method = get)]
    /// struct Search {
    ///     q: String,
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?);
    /// let (mut parts, body) = Request::get("/search?q=apples").body(Full::<Bytes>::default())?.into_parts();
    /// let mut submission = guard.submission(&mut parts, body, Some(Search::SPEC)).await;
    /// assert_eq!(submission.bind::<Search>()?.q, "apples");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn submission<B>(&self, parts: &mut Parts, body: B, form: Option<&'static FormSpec>) -> Submission
    where
        B: http_body::Body<Data = Bytes> + Send,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let head = RequestHead::read(parts, self, form);
        let body = match (head.carrier(form), media(&parts.headers), form) {
            (Carrier::Body, Some(Media::Urlencoded), form) => {
                read(body, self.text_limit(form)).await.map(Body::urlencoded)
            }
            #[cfg(feature = "multipart")]
            (Carrier::Body, Some(Media::Multipart(boundary)), Some(form)) => {
                multipart::read(body, &boundary, &head, self, form).await.map(Body::multipart)
            }
            (Carrier::Body, ..) => Err(BodyProblem::UnsupportedType),
            (Carrier::Query | Carrier::Nothing, ..) => Ok(without_body(&head, form)),
        };
        Submission::from_request(body, head)
    }

    /// The same for a body without files that is in memory already: for servers that wait for nothing.
    ///
    /// ```
    /// use http::Request;
    /// use secure_forms::csrf::OwnOrigins;
    /// use secure_forms::{Form, FormGuard, KeyRing};
    ///
    /// #[derive(Debug, Form)]
    /// struct Note {
    ///     text: String,
    /// }
    ///
    /// let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?);
    /// let request = Request::post("/note").header("content-type", "application/x-www-form-urlencoded");
    /// let (mut parts, body) = request.body(b"text=hello".to_vec())?.into_parts();
    /// let rejected = guard.submission_in_memory(&mut parts, body, Some(Note::SPEC)).bind::<Note>().unwrap_err();
    /// assert_eq!(rejected.status(), 403, "it has no token");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn submission_in_memory(
        &self,
        parts: &mut Parts,
        body: Vec<u8>,
        form: Option<&'static FormSpec>,
    ) -> Submission {
        let head = RequestHead::read(parts, self, form);
        let limit = self.text_limit(form);
        let body = match (head.carrier(form), media(&parts.headers)) {
            (Carrier::Body, Some(Media::Urlencoded)) if body.len() <= limit => Ok(Body::urlencoded(body)),
            (Carrier::Body, Some(Media::Urlencoded)) => Err(BodyProblem::BodyTooLarge { max: limit as u64 }),
            (Carrier::Body, _) => Err(BodyProblem::UnsupportedType),
            (Carrier::Query | Carrier::Nothing, _) => Ok(without_body(&head, form)),
        };
        Submission::from_request(body, head)
    }

    /// The most bytes of a body without files: the guard's own limit, or what the form's rules allow.
    fn text_limit(&self, form: Option<&FormSpec>) -> usize {
        self.body_limit().max(form.map_or(0, most_encoded))
    }
}

/// The form of a request whose body is not looked at.
fn without_body(head: &RequestHead, form: Option<&FormSpec>) -> Body {
    let query = if head.carrier(form) == Carrier::Query { head.query() } else { "" };
    Body::urlencoded(query.into())
}

/// The media types that a form is sent as.
enum Media {
    Urlencoded,
    #[cfg(feature = "multipart")]
    Multipart(String),
}

/// The one `Content-Type`. A charset parameter has no effect (URL Standard, 5.1; RFC 7578, 5.1.2).
fn media(headers: &HeaderMap) -> Option<Media> {
    let mut lines = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else { return None };
    let line = line.to_str().ok()?;
    let essence = line.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Some(Media::Urlencoded);
    }
    #[cfg(feature = "multipart")]
    if essence.eq_ignore_ascii_case("multipart/form-data") {
        return boundary(line).map(Media::Multipart);
    }
    None
}
