//! `/register`: a name, an address, a password. Whether a name is taken is told only to those who passed CSRF and the limiter.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use secure_forms::{
    Blank, CheckError, EmailAddress, Form, FormPage, Html, Invalid, Rejected, Routes, Secret, Submitted, html,
};

use crate::error::Error;
use crate::identity::{Client, Remember, sign_in};
use crate::layout::{Frame, already};
use crate::limits::Counted;
use crate::notice::Notice;
use crate::routes::{Action, Page};
use crate::state::App;
use crate::store::users::{self, NewUser};

#[derive(Debug, Form)]
#[form(name = "register", context = LookUp)]
pub(crate) struct Register {
    #[field(label = "Name", help = "Letters, digits, dots and underscores.", length(3..=32), autocomplete = "username",
            pattern("[A-Za-z][A-Za-z0-9_.]*", message = "Usernames must have only letters, numbers, dots or underscores"),
            check(async) = username_is_free)]
    username: String,
    #[field(autocomplete = "email", check(async) = email_is_free)]
    email: EmailAddress,
    #[field(help = "At least 12 characters; a few words are easy to remember.", length(12..=128, unit = chars),
            autocomplete = "new-password")]
    password: Secret,
    #[field(label = "Password again", equal_to = password, autocomplete = "new-password")]
    confirm: Secret,
}

/// Where it is looked up whether a name is taken; nowhere for a client that has asked too often.
pub(crate) struct LookUp(Option<App>);

async fn username_is_free(username: &str, LookUp(app): &LookUp) -> Result<(), CheckError> {
    let Some(app) = app else { return Ok(()) };
    free(users::username_is_taken(&app.db, username).await?, "This name is taken.")
}

async fn email_is_free(email: &EmailAddress, LookUp(app): &LookUp) -> Result<(), CheckError> {
    let Some(app) = app else { return Ok(()) };
    free(users::email_is_taken(&app.db, email.as_str()).await?, "This email is taken.")
}

fn free(taken: bool, words: &'static str) -> Result<(), CheckError> {
    if taken { Err(Invalid::new(words).into()) } else { Ok(()) }
}

pub(crate) async fn show(frame: Frame, form: Blank<Register>) -> Html {
    view(&frame, form.page())
}

pub(crate) async fn send(
    State(app): State<App>,
    Client(client): Client,
    headers: HeaderMap,
    frame: Frame,
    form: Submitted<Register>,
) -> Result<Response, Error> {
    let refused = app.limits.count(Counted::Registration, &client).err();
    let look_up = LookUp(refused.is_none().then(|| app.clone()));
    let form = match form.validate(&look_up).await {
        Ok(form) => form,
        Err(rejected) => {
            return Ok(match refused {
                Some(wait) => Error::from(wait).with_form(rejected.into_page(), |page| view(&frame, page)),
                None => refuse(&frame, rejected),
            });
        }
    };
    let mut response = form.return_to_or(Page::Profile).into_response();
    let (form, page) = form.into_parts();
    if let Some(wait) = refused {
        return Ok(Error::from(wait).with_form(page, |page| view(&frame, page)));
    }
    match enroll(&app, &headers, form, &mut response).await {
        Ok(()) => Ok(response),
        // Two people wanted the name at the same moment; the database decided.
        Err(Error::Store(error)) if error.is_unique_violation("users.username_key") => {
            Ok(refuse(&frame, page.reject(Invalid::new("This name is taken.").on(Register::FIELDS.username))))
        }
        Err(Error::Store(error)) if error.is_unique_violation("users.email_key") => {
            Ok(refuse(&frame, page.reject(Invalid::new("This email is taken.").on(Register::FIELDS.email))))
        }
        Err(error) => Ok(error.with_form(page, |page| view(&frame, page))),
    }
}

async fn enroll(app: &App, headers: &HeaderMap, form: Register, response: &mut Response) -> Result<(), Error> {
    let password_hash = app.passwords.hash(form.password).await?;
    let new = NewUser {
        username: &form.username,
        email: form.email.as_str(),
        display_name: &form.username,
        password_hash: &password_hash,
    };
    let id = users::add(&app.db, &new, app.now()).await?;
    sign_in(app, headers, response, id, Remember::No).await?;
    Notice::Registered.send(app, response)
}

fn refuse(frame: &Frame, rejected: Rejected<Register>) -> Response {
    (rejected.status(), view(frame, rejected.into_page())).into_response()
}

fn view(frame: &Frame, form: FormPage<Register>) -> Html {
    let form = form.action(&Action::Register).submit("Register");
    frame.page(
        "Register",
        html! {
            h1 { "Register" }
            (already(frame))
            (form.render())
            p.aside { "You have an account? " a href=(Page::Login { next: form.next().cloned() }.path()) { "Sign in" } "." }
        },
    )
}
