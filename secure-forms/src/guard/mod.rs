//! Who sends a request, what of it is verified, and what may be read of it: in terms of HTTP alone, so that every framework's
//! adapter decides the same, and so that anybody can write one in 150 lines.
//!
//! # An adapter
//!
//! | when | what | then |
//! |---|---|---|
//! | the application starts | [`FormGuard::new`], [`PreparedHeaders::new`], [`OwnOriginGate::new`], [`CsrfGate::new`] | |
//! | a request comes | [`PreparedHeaders::begin`] | keeps the headers of its answer |
//! | then | [`Layout::begin`] of [`FormGuard::layout`] | keeps what the pages' layout wants |
//! | before the routes | [`OwnOriginGate::check`], [`CsrfGate::check`] | an error is the answer |
//! | a typed route is found | [`FormGuard::admit`] | what is not admitted is answered by [`CsrfRefusal`](crate::csrf::CsrfRefusal) or [`NoForm::AskAgain`] |
//! | a handler shows a form | [`FormGuard::blank`] | an error is the answer |
//! | a handler takes a form | [`FormGuard::submitted`] or [`FormGuard::submission`] | `validate` or `bind` |
//! | a handler redirects | [`FormGuard::return_to`] | |
//! | an answer leaves | [`PendingLayout::finish`] | pages get their layout |
//! | at the very end | [`PendingHeaders::finish`] | on every answer, those of errors too |
//!
//! Everything that is an answer, such as [`Rejected`](crate::Rejected), [`FormPage`](crate::form::FormPage),
//! [`SafeRedirect`](crate::SafeRedirect), [`Html`](crate::Html), [`PageContent`], [`Refused`](crate::Refused) and all errors above, becomes a `http::Response<String>` by `into()`.
//!
//! What a request arrived over is the [`Transport`](crate::client_ip::Transport) in its extensions, which a server that ends TLS puts there.
//!
//! ```
//! use bytes::Bytes;
//! use http::{Request, Response};
//! use http_body_util::Full;
//! use secure_forms::csrf::OwnOrigins;
//! use secure_forms::guard::{CsrfGate, PreparedHeaders};
//! use secure_forms::{Form, FormGuard, KeyRing, SecurityHeaders};
//!
//! #[derive(Debug, Form)]
//! struct Note {
//!     text: String,
//! }
//!
//! struct Site {
//!     guard: FormGuard,
//!     csrf: CsrfGate,
//!     headers: PreparedHeaders,
//! }
//!
//! impl Site {
//!     async fn answer(&self, mut request: Request<Full<Bytes>>) -> Response<String> {
//!         let pending = self.headers.begin(&mut request);
//!         let mut answer = match self.csrf.check(&request) {
//!             Ok(()) => self.note(request).await,
//!             Err(refusal) => refusal.into(),
//!         };
//!         pending.finish(&mut answer);
//!         answer
//!     }
//!
//!     async fn note(&self, request: Request<Full<Bytes>>) -> Response<String> {
//!         let (mut parts, body) = request.into_parts();
//!         if parts.method == http::Method::GET {
//!             return self.guard.blank::<Note>(&mut parts).map_or_else(Into::into, |form| form.page().into());
//!         }
//!         match self.guard.submission(&mut parts, body, Some(Note::SPEC)).await.bind::<Note>() {
//!             Ok(note) => Response::new(note.text.clone()),
//!             Err(rejected) => rejected.into(),
//!         }
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?);
//! let csrf = CsrfGate::new(&guard);
//! let site = Site { guard, csrf, headers: PreparedHeaders::new(&SecurityHeaders::modern()) };
//! let page = site.answer(Request::get("/note").body(Full::default())?).await;
//! assert!(page.body().contains("csrf_token"));
//! assert_eq!(page.headers()["cache-control"], "no-store");
//! let forged = site.answer(Request::post("/note").header("origin", "https://evil.example").body(Full::default())?).await;
//! assert_eq!(forged.status(), 403);
//! # Ok(())
//! # }
//! ```

mod admit;
mod blank;
mod body;
mod bytes;
mod caller;
mod carrier;
pub(crate) mod config;
mod exempt;
mod head;
mod layout;
#[cfg(feature = "multipart")]
mod multipart;
mod own_origin;
pub(crate) mod page_content;
mod stop;
mod submission;
pub(crate) mod submitted;
mod token_binding;

pub use admit::Admission;
pub use blank::NoForm;
pub(crate) use config::FormGuard;
pub use exempt::CsrfGate;
pub use layout::{Layout, PendingLayout};
pub use own_origin::{Misdirected, OwnOriginGate};
pub(crate) use page_content::PageContent;
pub use submission::Submission;
pub(crate) use submitted::Submitted;

pub use crate::response::{PendingHeaders, PreparedHeaders};
