//! `/upload`: one file with a caption, of a type whose content agrees with its name.

use axum::extract::{FromRequestParts, State};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use secure_forms::form::{FormPage, NoContext};
use secure_forms::{Blank, Form, Invalid, PageContent, Refused, SafeRedirect, Submitted, Upload, html};

use crate::client::Client;
use crate::error::again;
use crate::identity::SignedIn;
use crate::limits::Counted;
use crate::notice::Notice;
use crate::routes::{Action, Page};
use crate::state::App;
use crate::store::files::{self, NotKept};

#[derive(Debug, Form)]
#[form(name = "upload")]
pub(crate) struct Share {
    #[field(help = "A PNG, JPEG, GIF or WebP picture, a PDF or plain text, up to 2 MiB.", max_size = "2MiB",
            accept = ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"])]
    file: Upload,
    #[field(length(1..=120))]
    caption: String,
}

/// An upload that was counted. An extractor, so that it runs before the one that reads the body.
pub(crate) struct CountedUpload;

impl FromRequestParts<App> for CountedUpload {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        let Ok(Client(client)) = Client::from_request_parts(parts, app).await;
        Ok(app.limits.count(Counted::Upload, &client).map(|()| Self)?)
    }
}

pub(crate) async fn show(SignedIn(_): SignedIn, form: Blank<Share>) -> PageContent {
    view(form.page())
}

pub(crate) async fn send(
    State(app): State<App>,
    // Before the body is read: nobody uploads who is not signed in.
    SignedIn(user): SignedIn,
    // Before it too: who sends too much does not get it read.
    _: CountedUpload,
    form: Submitted<Share>,
) -> Result<Response, Refused> {
    let form = form.validate(&NoContext).await.map_err(|rejected| rejected.respond(view))?;
    let (form, page) = form.into_parts();
    let name = form.file.file_name().as_str().to_owned();
    let content = tokio::task::spawn_blocking(move || form.file.read()).await.map_err(Refused::internal)?;
    let content = content.map_err(Refused::internal)?;
    match files::keep(&app.db, user.id, name, form.caption, content, app.now()).await {
        Ok(_) => {
            let mut response = SafeRedirect::from(Page::Home).into_response();
            Notice::FileKept.send(app.cookies(), &mut response)?;
            Ok(response)
        }
        Err(NotKept::Quota) => {
            let full = Invalid::new("There is no room for this file: your files may have 20 MiB together.")
                .on(Share::FIELDS.file);
            Err(Refused::from(NotKept::Quota).showing(view(page.reject(full).into_page())))
        }
        Err(error) => Err(again(error, page, view)),
    }
}

fn view(form: FormPage<Share>) -> PageContent {
    let form = form.action(&Action::Upload).submit("Upload");
    PageContent::new("Upload", html! { h1 { "Upload a file" } (form.render()) })
}
