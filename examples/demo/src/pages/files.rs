//! `GET /files/{id}`: a file, to be saved and never shown as a page of this site.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use secure_forms::Refused;
use secure_forms::axum::RouteOf;
use secure_forms::download::Download;

use crate::client::Client;
use crate::limits::Counted;
use crate::routes::Page;
use crate::state::App;
use crate::store::files;

pub(crate) async fn download(
    State(app): State<App>,
    Client(client): Client,
    RouteOf(page): RouteOf<Page>,
) -> Result<Response, Refused> {
    app.limits.count(Counted::Download, &client)?;
    let Page::File { id } = page else { return Err(Refused::not_found()) };
    let (name, content) = files::content(&app.db, id).await?.ok_or_else(Refused::not_found)?;
    Ok((Download::new(&name), content).into_response())
}
