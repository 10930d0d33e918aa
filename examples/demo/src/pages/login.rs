//! `/login`: same words, same status, same time, whether the name or the password is wrong.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use secure_forms::client_ip::ClientIp;
use secure_forms::form::{FormPage, NoContext};
use secure_forms::{Blank, Form, Invalid, PageContent, Refused, Routes, Secret, Submitted, html};

use crate::client::Client;
use crate::error::again;
use crate::identity::Identity;
use crate::layout::already;
use crate::limits::Attempt;
use crate::routes::{Action, Page};
use crate::session::{Remember, browser, sign_in};
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

/// Somebody who is signed in already is sent on to where the way led; without one, this is for changing to another account.
pub(crate) async fn show(who: Identity, form: Blank<Login>) -> Result<PageContent, Refused> {
    let form = form.page();
    match (who.user(), form.next()) {
        (Some(_), Some(next)) => Err(next.clone().into()),
        _ => Ok(view(&who, form)),
    }
}

pub(crate) async fn send(
    State(app): State<App>,
    Client(client): Client,
    headers: HeaderMap,
    who: Identity,
    form: Submitted<Login>,
) -> Result<Response, Refused> {
    let show = |form| view(&who, form);
    let form = form.validate(&NoContext).await.map_err(|rejected| rejected.respond(show))?;
    let mut response = form.return_to_or(Page::Profile).into_response();
    let (form, page) = form.into_parts();
    match enter(&app, &client, &headers, form, &mut response).await {
        Ok(true) => Ok(response),
        Ok(false) => Err(page.reject(Invalid::new("The name or the password is not right.")).respond(show)),
        Err(refused) => Err(again(refused, page, show)),
    }
}

/// Signs in, if name and password are right.
async fn enter(
    app: &App,
    client: &ClientIp,
    headers: &HeaderMap,
    form: Login,
    response: &mut Response,
) -> Result<bool, Refused> {
    let (id, stored) = users::credentials(&app.db, &form.username).await?.unzip();
    // Counted before anything is hashed, by the name as it is looked up.
    let attempt = app.limits.sign_in(client, &users::key(&form.username), browser(app, headers, id))?;
    if let Attempt::Slowly(pause, _) = &attempt {
        tokio::time::sleep(*pause).await;
    }
    let is_right = app.passwords.verify(form.password, stored).await?;
    // Held until here: of many attempts at one account, the next begins after this one.
    drop(attempt);
    let Some(id) = id.filter(|_| is_right) else { return Ok(false) };
    let remember = if form.remember { Remember::Yes } else { Remember::No };
    sign_in(app, headers, response, id, remember).await?;
    Ok(true)
}

fn view(who: &Identity, form: FormPage<Login>) -> PageContent {
    let form = form.action(&Action::Login).submit("Sign in");
    PageContent::new(
        "Sign in",
        html! {
            h1 { "Sign in" }
            (already(who))
            (form.render())
            p.aside { "New here? " a href=(Page::Register { next: form.next().cloned() }.path()) { "Register" } "." }
        },
    )
}
