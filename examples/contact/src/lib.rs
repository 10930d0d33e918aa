//! A contact form with an upload. Each message becomes a folder with the text, and with the picture if there is one.

use std::path::{Path, PathBuf};
use std::{fs, io};

use axum::Router;
use axum::extract::{FromRef, State};
use axum::routing::get;
use secure_forms::axum::ProtectionLayer;
use secure_forms::{
    Blank, EmailAddress, Form, FormGuard, Invalid, PageContent, Refused, SecurityHeaders, Upload, Valid, html,
};
use uuid::Uuid;

/// What a person writes.
#[derive(Debug, Form)]
pub struct Message {
    email: EmailAddress,
    #[field(multiline, length(1..=4000))]
    text: String,
    #[field(accept = ["image/png", "image/jpeg"], max_size = "2MiB")]
    picture: Option<Upload>,
}

#[derive(Clone, FromRef)]
struct App {
    guard: FormGuard,
    folder: PathBuf,
}

/// The site, whose messages go into `folder`.
pub fn site(guard: FormGuard, folder: PathBuf) -> Router {
    let protection = ProtectionLayer::new(&guard, &SecurityHeaders::modern());
    Router::new().route("/", get(show).post(send)).with_state(App { guard, folder }).layer(protection)
}

async fn show(form: Blank<Message>) -> PageContent {
    form.page().into()
}

async fn send(State(folder): State<PathBuf>, form: Valid<Message>) -> Result<PageContent, Refused> {
    let (message, page) = form.into_parts();
    match tokio::task::spawn_blocking(move || store(&folder, &message)).await {
        Ok(Ok(())) => Ok(PageContent::new("Thank you", html! { p role="status" { "Thank you." } })),
        _ => Err(page.reject(Invalid::new("The message could not be kept; please send it again.")).into()),
    }
}

/// No name of the sender's decides where something is kept.
fn store(folder: &Path, message: &Message) -> io::Result<()> {
    let folder = folder.join(Uuid::new_v4().to_string());
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("message.txt"), format!("{}\n\n{}\n", message.email.as_str(), message.text))?;
    message.picture.as_ref().map_or(Ok(()), |picture| picture.persist(folder.join("picture")))
}
