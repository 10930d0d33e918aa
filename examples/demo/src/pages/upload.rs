//! `/upload`: one file with a caption, of a type whose content agrees with its name.

use axum::extract::{FromRequestParts, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::request::Parts;
use secure_forms::{Blank, Form, FormPage, Html, Invalid, NoContext, SafeRedirect, Submitted, Upload, html};

use crate::error::Error;
use crate::identity::{Client, SignedIn};
use crate::layout::Frame;
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
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Ok(Client(client)) = Client::from_request_parts(parts, app).await;
        Ok(app.limits.count(Counted::Upload, &client).map(|()| Self)?)
    }
}

pub(crate) async fn show(SignedIn(_): SignedIn, frame: Frame, form: Blank<Share>) -> Html {
    view(&frame, form.page())
}

pub(crate) async fn send(
    State(app): State<App>,
    // Before the body is read: nobody uploads who is not signed in.
    SignedIn(user): SignedIn,
    // Before it too: who sends too much does not get it read.
    _: CountedUpload,
    frame: Frame,
    form: Submitted<Share>,
) -> Result<Response, Error> {
    let form = match form.validate(&NoContext).await {
        Ok(form) => form,
        Err(rejected) => return Ok((rejected.status(), view(&frame, rejected.into_page())).into_response()),
    };
    let (form, page) = form.into_parts();
    let name = form.file.file_name().as_str().to_owned();
    let content = tokio::task::spawn_blocking(move || form.file.read()).await;
    let Ok(Ok(content)) = content else { return Err(Error::Internal) };
    match files::keep(&app.db, user.id, name, form.caption, content, app.now()).await {
        Ok(_) => {
            let mut response = SafeRedirect::from(Page::Home).into_response();
            Notice::FileKept.send(&app, &mut response)?;
            Ok(response)
        }
        Err(NotKept::Quota) => {
            let full = Invalid::new("There is no room for this file: your files may have 20 MiB together.")
                .on(Share::FIELDS.file);
            Ok((StatusCode::PAYLOAD_TOO_LARGE, view(&frame, page.reject(full).into_page())).into_response())
        }
        Err(NotKept::Store(error)) => Ok(Error::from(error).with_form(page, |page| view(&frame, page))),
    }
}

fn view(frame: &Frame, form: FormPage<Share>) -> Html {
    let form = form.action(&Action::Upload).submit("Upload");
    frame.page("Upload", html! { h1 { "Upload a file" } (form.render()) })
}
