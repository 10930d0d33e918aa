//! `/profile`: what others see of the person who is signed in.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::html;
use secure_forms::{Blank, Form, FormPage, Html, Invalid, Rejected, SafeRedirect, Valid};

use crate::error::Error;
use crate::identity::SignedIn;
use crate::layout::Frame;
use crate::routes::{Action, Page};
use crate::state::App;
use crate::store::users;

#[derive(Debug, Form)]
#[form(name = "profile")]
pub(crate) struct EditProfile {
    #[field(label = "Name", help = "As others see it.", length(1..=64), autocomplete = "name")]
    display_name: String,
    #[field(label = "About you", multiline, length(..=1000))]
    bio: Option<String>,
    #[field(url, length(..=200), autocomplete = "url", check = is_web_address)]
    website: Option<String>,
}

/// The text becomes a link on a public page: only what a browser opens as a page.
fn is_web_address(website: &str) -> Result<(), Invalid> {
    match website.split_once("://") {
        Some(("http" | "https", rest)) if !rest.is_empty() && !rest.contains(char::is_whitespace) => Ok(()),
        _ => Err(Invalid::new("A website begins with https:// or http://.")),
    }
}

pub(crate) async fn show(
    State(app): State<App>,
    SignedIn(user): SignedIn,
    frame: Frame,
    form: Blank<EditProfile>,
) -> Result<Html, Error> {
    let known = users::profile(&app.db, user.id).await?;
    let bio = Some(known.bio).filter(|bio| !bio.is_empty());
    let values = EditProfile { display_name: known.display_name, bio, website: known.website };
    Ok(view(&frame, &user, form.with(&values)))
}

pub(crate) async fn send(
    State(app): State<App>,
    SignedIn(user): SignedIn,
    frame: Frame,
    form: Result<Valid<EditProfile>, Rejected<EditProfile>>,
) -> Result<Response, Error> {
    let form = match form {
        Ok(form) => form,
        Err(rejected) => return Ok((rejected.status(), view(&frame, &user, rejected.into_page())).into_response()),
    };
    let bio = form.bio.as_deref().unwrap_or_default();
    users::update(&app.db, user.id, &form.display_name, bio, form.website.as_deref()).await?;
    Ok(SafeRedirect::from(Page::Profile).into_response())
}

fn view(frame: &Frame, user: &users::User, form: FormPage) -> Html {
    let form = form.action(&Action::Profile).submit("Save");
    frame.page(
        "Profile",
        html! {
            h1 { "Your profile" }
            p.lead { "Signed in as @" (user.username) "." }
            (form.render())
        },
    )
}
