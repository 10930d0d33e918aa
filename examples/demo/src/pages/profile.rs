//! `/profile`: what others see of the person who is signed in.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use secure_forms::form::FormPage;
use secure_forms::{Blank, Form, Invalid, PageContent, Refused, Rejected, SafeRedirect, Valid, html};

use crate::error::again;
use crate::identity::{Identity, SignedIn};
use crate::notice::Notice;
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
    // It becomes a link on a public page: `url` takes http and https alone, without a user name that hides the host.
    #[field(url, length(..=200), autocomplete = "url")]
    website: Option<String>,
}

pub(crate) async fn show(
    State(app): State<App>,
    SignedIn(user): SignedIn,
    form: Blank<EditProfile>,
) -> Result<PageContent, Refused> {
    let known = users::profile(&app.db, user.id).await?;
    let bio = Some(known.bio).filter(|bio| !bio.is_empty());
    let values = EditProfile { display_name: known.display_name, bio, website: known.website };
    Ok(view(form.with(&values)))
}

pub(crate) async fn send(
    State(app): State<App>,
    who: Identity,
    form: Result<Valid<EditProfile>, Rejected<EditProfile>>,
) -> Result<Response, Refused> {
    let form = form.map_err(|rejected| rejected.respond(view))?;
    // The session ended while this was typed: nothing of it is lost.
    let Some(user) = who.user() else {
        let gone = Invalid::new("You are not signed in any more. Sign in in another tab, then save once more.");
        return Err(form.reject(gone).respond(view));
    };
    let (form, page) = form.into_parts();
    let bio = form.bio.as_deref().unwrap_or_default();
    let updated = users::update(&app.db, user.id, &form.display_name, bio, form.website.as_deref()).await;
    updated.map_err(|error| again(error, page, view))?;
    let mut response = SafeRedirect::from(Page::Profile).into_response();
    Notice::ProfileSaved.send(app.cookies(), &mut response)?;
    Ok(response)
}

fn view(form: FormPage<EditProfile>) -> PageContent {
    let form = form.action(&Action::Profile).submit("Save");
    PageContent::new(
        "Profile",
        html! {
            h1 { "Your profile" }
            p.lead { "What others see of you." }
            (form.render())
        },
    )
}
