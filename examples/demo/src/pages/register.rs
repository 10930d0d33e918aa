//! `/register`: a name, an address, a password. Whether a name is taken is told only to those who passed CSRF and the limiter.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use secure_forms::form::{CheckError, FormPage};
use secure_forms::{
    Blank, EmailAddress, Form, Invalid, PageContent, Refused, Rejected, Routes, Secret, Submitted, html,
};

use crate::client::Client;
use crate::error::again;
use crate::identity::Identity;
use crate::layout::already;
use crate::limits::Counted;
use crate::notice::Notice;
use crate::routes::{Action, Page};
use crate::session::{Remember, sign_in};
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

const NAME_TAKEN: &str = "This name is taken.";
const EMAIL_TAKEN: &str = "This email is taken.";

/// Where it is looked up whether a name is taken; nowhere for a client that has asked too often.
pub(crate) struct LookUp(Option<App>);

async fn username_is_free(username: &str, LookUp(app): &LookUp) -> Result<(), CheckError> {
    let Some(app) = app else { return Ok(()) };
    free(users::username_is_taken(&app.db, username).await?, NAME_TAKEN)
}

async fn email_is_free(email: &EmailAddress, LookUp(app): &LookUp) -> Result<(), CheckError> {
    let Some(app) = app else { return Ok(()) };
    free(users::email_is_taken(&app.db, email.as_str()).await?, EMAIL_TAKEN)
}

fn free(taken: bool, words: &'static str) -> Result<(), CheckError> {
    if taken { Err(Invalid::new(words).into()) } else { Ok(()) }
}

pub(crate) async fn show(who: Identity, form: Blank<Register>) -> PageContent {
    view(&who, form.page())
}

pub(crate) async fn send(
    State(app): State<App>,
    Client(client): Client,
    headers: HeaderMap,
    who: Identity,
    form: Submitted<Register>,
) -> Result<Response, Refused> {
    let refused = app.limits.count(Counted::Registration, &client).err();
    let look_up = LookUp(refused.is_none().then(|| app.clone()));
    let show = |form| view(&who, form);
    let form = form.validate(&look_up).await;
    if let Some(wait) = refused {
        return Err(again(wait, form.map_or_else(Rejected::into_page, |form| form.into_parts().1), show));
    }
    let form = form.map_err(|rejected| rejected.respond(show))?;
    let mut response = form.return_to_or(Page::Profile).into_response();
    let (form, page) = form.into_parts();
    match enroll(&app, &headers, form, &mut response).await {
        Ok(None) => Ok(response),
        Ok(Some(taken)) => Err(page.reject(taken).respond(show)),
        Err(refused) => Err(again(refused, page, show)),
    }
}

/// Registers and signs in, unless something was taken after it had been looked up.
async fn enroll(
    app: &App,
    headers: &HeaderMap,
    form: Register,
    response: &mut Response,
) -> Result<Option<Invalid>, Refused> {
    let password_hash = app.passwords.hash(form.password).await?;
    let new = NewUser {
        username: &form.username,
        email: form.email.as_str(),
        display_name: &form.username,
        password_hash: &password_hash,
    };
    let id = match users::add(&app.db, &new, app.now()).await {
        // Two people wanted it at the same moment; the database decided.
        Err(error) if error.is_unique_violation("users.username_key") => {
            return Ok(Some(Invalid::new(NAME_TAKEN).on(Register::FIELDS.username)));
        }
        Err(error) if error.is_unique_violation("users.email_key") => {
            return Ok(Some(Invalid::new(EMAIL_TAKEN).on(Register::FIELDS.email)));
        }
        added => added?,
    };
    sign_in(app, headers, response, id, Remember::No).await?;
    Notice::Registered.send(app.cookies(), response)?;
    Ok(None)
}

fn view(who: &Identity, form: FormPage<Register>) -> PageContent {
    let form = form.action(&Action::Register).submit("Register");
    PageContent::new(
        "Register",
        html! {
            h1 { "Register" }
            (already(who))
            (form.render())
            p.aside { "You have an account? " a href=(Page::Login { next: form.next().cloned() }.path()) { "Sign in" } "." }
        },
    )
}
