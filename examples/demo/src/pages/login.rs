//! `/login`: same words, same status, same time, whether the name or the password is wrong.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use secure_forms::{Blank, Form, FormPage, Html, Invalid, NoContext, Routes, Secret, Submitted, html};

use crate::error::Error;
use crate::identity::{Client, Remember, sign_in};
use crate::layout::{Frame, already};
use crate::limits::Attempt;
use crate::routes::{Action, Page};
use crate::state::App;
use crate::store::users;

#[derive(Debug, Form)]
#[form(name = "login")]
pub(crate) struct Login {
    #[field(label = "Name", length(..=64), autocomplete = "username")]
    username: String,
    // As long as at registration, so that nobody can make us hash a megabyte.
    #[field(length(..=128, unit = chars), autocomplete = "current-password")]
    password: Secret,
    #[field(label = "Stay signed in on this browser for 30 days")]
    remember: bool,
}

pub(crate) async fn show(frame: Frame, form: Blank<Login>) -> Html {
    view(&frame, form.page())
}

pub(crate) async fn send(
    State(app): State<App>,
    Client(client): Client,
    headers: HeaderMap,
    frame: Frame,
    form: Submitted<Login>,
) -> Result<Response, Error> {
    let form = match form.validate(&NoContext).await {
        Ok(form) => form,
        Err(rejected) => return Ok((rejected.status(), view(&frame, rejected.into_page())).into_response()),
    };
    // Counted before anything is hashed, by the name as it is looked up.
    if let Attempt::Slowly(pause) = app.limits.sign_in(&client, &users::key(&form.username))? {
        tokio::time::sleep(pause).await;
    }
    let target = form.next_or(Page::Profile);
    let (form, page) = form.into_parts();
    let (id, stored) = users::credentials(&app.db, &form.username).await?.unzip();
    let is_right = app.passwords.verify(form.password, stored).await?;
    let Some(id) = id.filter(|_| is_right) else {
        let rejected = page.reject(Invalid::new("The name or the password is not right."));
        return Ok((rejected.status(), view(&frame, rejected.into_page())).into_response());
    };
    let remember = if form.remember { Remember::Yes } else { Remember::No };
    let mut response = target.into_response();
    sign_in(&app, &headers, &mut response, id, remember).await?;
    Ok(response)
}

fn view(frame: &Frame, form: FormPage<Login>) -> Html {
    let form = form.action(&Action::Login).submit("Sign in");
    frame.page(
        "Sign in",
        html! {
            h1 { "Sign in" }
            (already(frame))
            (form.render())
            p.aside { "New here? " a href=(Page::Register { next: form.next().cloned() }.path()) { "Register" } "." }
        },
    )
}
