//! A form on plain `http` types: the guard says who may send it, and what every answer carries.

use http::{Method, Request, Response, StatusCode};
use secure_forms::csrf::OwnOrigins;
use secure_forms::guard::{CsrfGate, PreparedHeaders};
use secure_forms::keys::KeyError;
use secure_forms::{Form, FormGuard, Html, KeyRing, SecurityHeaders, html};

/// What a person may send.
#[derive(Debug, Form)]
pub struct Greeting {
    #[field(length(1..=40))]
    name: String,
}

/// The site: what lives from one request to the next.
pub struct Site {
    guard: FormGuard,
    csrf: CsrfGate,
    headers: PreparedHeaders,
}

impl Site {
    /// A site that people reach at these origins.
    ///
    /// # Errors
    /// There is no randomness for the keys.
    pub fn new(own: OwnOrigins) -> Result<Self, KeyError> {
        let guard = FormGuard::new(KeyRing::generate()?, own);
        let csrf = CsrfGate::new(&guard);
        Ok(Self { guard, csrf, headers: PreparedHeaders::new(&SecurityHeaders::modern()) })
    }

    /// Answers one request.
    pub fn handle(&self, mut request: Request<Vec<u8>>) -> Response<String> {
        let pending = self.headers.begin(&mut request);
        let mut answer = match self.csrf.check(&request) {
            Ok(()) => self.route(request),
            Err(refusal) => refusal.into(),
        };
        pending.finish(&mut answer);
        answer
    }

    fn route(&self, request: Request<Vec<u8>>) -> Response<String> {
        let (mut parts, body) = request.into_parts();
        match (&parts.method, parts.uri.path()) {
            (&Method::GET, "/") => match self.guard.blank::<Greeting>(&mut parts) {
                Ok(form) => page(&form.page().render()),
                Err(no_form) => no_form.into(),
            },
            (&Method::POST, "/") => {
                match self.guard.submission_in_memory(&mut parts, body, Some(Greeting::SPEC)).bind::<Greeting>() {
                    Ok(greeting) => page(&html! { p { "Hello, " (greeting.name) "!" } }),
                    Err(rejected) => rejected.into(),
                }
            }
            _ => {
                let mut answer = page(&html! { p { "There is no such page." } });
                *answer.status_mut() = StatusCode::NOT_FOUND;
                answer
            }
        }
    }
}

fn page(content: &Html) -> Response<String> {
    html! { (Html::DOCTYPE) html lang="en" { head { title { "Greetings" } } body { main { (content) } } } }.into()
}
