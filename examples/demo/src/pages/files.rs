//! `GET /files/{id}`: a file, to be saved and never shown as a page of this site.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use secure_forms::{Download, RouteOf};

use crate::error::Error;
use crate::identity::Client;
use crate::limits::Counted;
use crate::routes::Page;
use crate::state::App;
use crate::store::files;

pub(crate) async fn download(
    State(app): State<App>,
    Client(client): Client,
    RouteOf(page): RouteOf<Page>,
) -> Result<Response, Error> {
    app.limits.count(Counted::Download, &client)?;
    let Page::File { id } = page else { return Err(Error::NotFound) };
    let (name, content) = files::content(&app.db, id).await?.ok_or(Error::NotFound)?;
    Ok((Download::new(&name), content).into_response())
}
