//! A body as a request brings it: with a content type, through the extractors of the axum adapter, from a page of its own.

use std::error::Error;

use axum::extract::{FromRef, FromRequest, Request};
use http::{HeaderMap, header};
use secure_forms::cookie::Cookies;
use secure_forms::csrf::{CSRF_HEADER, OwnOrigins};
use secure_forms::form::{Bind, NoContext};
use secure_forms::guard::Submission;
use secure_forms::{Form, FormGuard, KeyRing, Rejected, Submitted, Valid};

use crate::bound::{Told, told};
use crate::forms::{KitchenSink, Login, Search, SignUp};

const ORIGIN: &str = "https://app.example";

#[derive(Clone, FromRef)]
struct App {
    guard: FormGuard,
}

/// Binds the form of this name; `None` if there is none.
///
/// # Errors
/// The content type cannot be that of a request.
pub(crate) fn bind(form: &str, content_type: &str, body: Vec<u8>) -> Result<Option<Told>, Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse(ORIGIN)?);
    let Some(path) = path(form) else { return Ok(None) };
    let request = request(&guard, path, content_type, body)?;
    let app = App { guard };
    runtime.block_on(async {
        Ok(Some(match form {
            "kitchen_sink" => told(submitted::<KitchenSink>(request, &app).await),
            "sign_up" => told(submitted::<SignUp>(request, &app).await),
            "login" => told(submitted::<Login>(request, &app).await),
            "search" => {
                let Ok(mut submission) = Submission::from_request(request, &app).await;
                told(submission.bind::<Search<'_>>())
            }
            _ => return Ok(None),
        }))
    })
}

/// What the form's tokens are bound to.
fn path(form: &str) -> Option<&'static str> {
    Some(match form {
        "kitchen_sink" => KitchenSink::SPEC.path,
        "sign_up" => SignUp::SPEC.path,
        "login" => Login::SPEC.path,
        "search" => Search::<'_>::SPEC.path,
        _ => return None,
    })
}

async fn submitted<T>(request: Request, app: &App) -> Result<Valid<T>, Rejected<T>>
where
    T: for<'a> Bind<'a, Context = NoContext>,
{
    let Ok(submitted) = Submitted::<T>::from_request(request, app).await;
    submitted.validate(&NoContext).await
}

/// The request of a script on an own page: the token stands in a header, so that the body is the case's alone.
fn request(guard: &FormGuard, form: &str, content_type: &str, body: Vec<u8>) -> Result<Request, Box<dyn Error>> {
    let visitor = guard.csrf().visitor(&Cookies::from_headers(&HeaderMap::new()))?;
    let mut set = HeaderMap::new();
    visitor.set_cookie.clone().ok_or("a new visitor has a cookie")?.append_to(&mut set);
    let line = set.get(header::SET_COOKIE).ok_or("a new visitor has a cookie")?.to_str()?;
    let request = Request::post("/")
        .header(header::CONTENT_TYPE, content_type)
        .header(header::COOKIE, line.split(';').next().unwrap_or_default())
        .header(header::ORIGIN, ORIGIN)
        .header(CSRF_HEADER, guard.csrf().issue(form, &visitor.binding()));
    Ok(request.body(body.into())?)
}
