//! `/register`: a name, an address, a password. Whether a name is taken is told only to those who passed CSRF and the limiter.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use secure_forms::{Blank, EmailAddress, Form, FormPage, Html, Invalid, Routes, Secret, Submitted, html};

use crate::error::Error;
use crate::identity::{Client, Remember, sign_in};
use crate::layout::{Frame, already};
use crate::notice::Notice;
use crate::routes::{Action, Page};
use crate::state::App;
use crate::store::users::{self, NewUser};

#[derive(Debug, Form)]
#[form(name = "register", context = App)]
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

async fn username_is_free(username: &str, app: &App) -> Result<(), Invalid> {
    free(users::username_is_taken(&app.db, username).await, "This name is taken.")
}

async fn email_is_free(email: &EmailAddress, app: &App) -> Result<(), Invalid> {
    free(users::email_is_taken(&app.db, email.as_str()).await, "This email is taken.")
}

/// If the database cannot be asked, inserting will say so: the look-up is for a better sentence only.
fn free(taken: Result<bool, secure_forms::query::Error>, words: &'static str) -> Result<(), Invalid> {
    if taken.is_ok_and(|taken| taken) { Err(Invalid::new(words)) } else { Ok(()) }
}

pub(crate) async fn show(frame: Frame, form: Blank<Register>) -> Html {
    view(&frame, form.page())
}

pub(crate) async fn send(
    State(app): State<App>,
    Client(client): Client,
    headers: HeaderMap,
    frame: Frame,
    blank: Blank<Register>,
    form: Submitted<Register>,
) -> Result<Response, Error> {
    app.limits.register(&client)?;
    let form = match form.validate(&app).await {
        Ok(form) => form,
        Err(rejected) => return Ok((rejected.status(), view(&frame, rejected.into_page())).into_response()),
    };
    let target = form.next_or(Page::Profile);
    let mut page = blank.with(&form);
    let form = form.into_inner();
    let password_hash = app.passwords.hash(form.password).await?;
    let new = NewUser {
        username: &form.username,
        email: form.email.as_str(),
        display_name: &form.username,
        password_hash: &password_hash,
    };
    let id = match users::add(&app.db, &new, app.now()).await {
        Ok(id) => id,
        // Two people wanted the name at the same moment; the database decided.
        Err(error) if error.is_unique_violation("users.username_key") => {
            page.refuse(Invalid::new("This name is taken.").on("username"));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, view(&frame, page)).into_response());
        }
        Err(error) if error.is_unique_violation("users.email_key") => {
            page.refuse(Invalid::new("This email is taken.").on("email"));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, view(&frame, page)).into_response());
        }
        Err(error) => return Err(error.into()),
    };
    let mut response = target.into_response();
    sign_in(&app, &headers, &mut response, id, Remember::No).await?;
    Notice::Registered.send(&app, &mut response)?;
    Ok(response)
}

fn view(frame: &Frame, form: FormPage) -> Html {
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
