//! What an answer shows, without what surrounds it on every page: a title and content. It travels beside the answer's body until a
//! [`Layout`](super::Layout) puts the site's head, navigation and footer around it.

use std::borrow::Cow;

use http::StatusCode;

use crate::html::Html;

/// A page as a handler makes it: its title and its content. The application's layout ([`FormGuard::with_layout`](crate::FormGuard::with_layout))
/// is put around it; without one, it is a document without decoration.
///
/// ```
/// use secure_forms::{PageContent, html};
///
/// async fn about() -> PageContent {
///     PageContent::new("About us", html! { h1 { "About us" } p { "We like apples." } })
/// }
/// # let _ = about;
/// ```
#[derive(Clone, Debug)]
#[must_use = "a page does nothing until it is an answer"]
pub struct PageContent {
    title: Cow<'static, str>,
    content: Html,
    lang: &'static str,
    pub(super) status: StatusCode,
}

impl PageContent {
    /// A page of this title, as plain text, and this content.
    pub fn new(title: impl Into<Cow<'static, str>>, content: Html) -> Self {
        Self { title: title.into(), content, lang: "en", status: StatusCode::OK }
    }

    /// What a person is told of an answer of this status by which nobody said anything: never a cause, always what to do.
    ///
    /// ```
    /// use http::StatusCode;
    /// use secure_forms::PageContent;
    ///
    /// let page = PageContent::of_status(StatusCode::NOT_FOUND);
    /// assert_eq!(page.title(), "Page not found");
    /// assert!(page.content().as_str().contains("There is nothing at this address."));
    /// ```
    pub fn of_status(status: StatusCode) -> Self {
        Self::sentence(status, sentence_of(status).1)
    }

    /// One sentence, under the title of its status.
    pub(crate) fn sentence(status: StatusCode, sentence: &str) -> Self {
        let (title, sentence) = (sentence_of(status).0, Html::text(sentence));
        Self::new(title, Html::from_escaped(format!("<h1>{title}</h1><p>{sentence}</p>")))
    }

    /// In another language than English: its tag (RFC 5646), for the `lang` of the document.
    ///
    /// ```
    /// use secure_forms::{PageContent, html};
    ///
    /// let page = PageContent::new("Über uns", html! { h1 { "Über uns" } }).in_language("de");
    /// assert_eq!(page.lang(), "de");
    /// ```
    pub fn in_language(self, lang: &'static str) -> Self {
        Self { lang, ..self }
    }

    /// The tag of its language.
    pub fn lang(&self) -> &'static str {
        self.lang
    }

    /// The title, as plain text.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The content.
    pub fn content(&self) -> &Html {
        &self.content
    }

    /// The status of the answer, for a layout that helps on where there was nothing to see.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// A whole document without decoration (HTML Standard, 4.1).
    pub(crate) fn document(&self) -> Html {
        let (title, content, lang) = (Html::text(&self.title), &self.content, Html::text(self.lang));
        Html::from_escaped(format!(
            "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head><body><main>{content}</main></body></html>"
        ))
    }
}

/// A title, and what the person can do.
fn sentence_of(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::FORBIDDEN => ("Not allowed", "This was not done. Please go back, reload the page, and try again."),
        StatusCode::NOT_FOUND => ("Page not found", "There is nothing at this address. Perhaps it was mistyped."),
        StatusCode::METHOD_NOT_ALLOWED => ("Not possible", "This address does not take that kind of request."),
        StatusCode::REQUEST_TIMEOUT => {
            ("Too slow", "The request did not arrive in time. Please go back and send it again.")
        }
        StatusCode::PAYLOAD_TOO_LARGE => ("Too large", "That was more than this site takes. Please send less."),
        StatusCode::TOO_MANY_REQUESTS => ("Too many attempts", "That was tried too often. Please wait a little."),
        StatusCode::SERVICE_UNAVAILABLE => ("The site is busy", "Please try again in a moment."),
        status if status.is_server_error() => {
            ("Something went wrong", "The mistake is on our side. Please try again later.")
        }
        _ => ("That did not work", "The request could not be read. Please go back and try again."),
    }
}
