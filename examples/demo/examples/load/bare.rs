//! The same three pages on axum, maud and rusqlite alone: no tokens, no security headers, no signed cookies, no limits. What the demo's
//! defences cost is measured against it; nobody should run it.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, StatusCode, header};
use maud::{DOCTYPE, Markup, html};
use rusqlite::{Connection, OptionalExtension, Result, params};
use serde::Deserialize;
use tokio::net::TcpListener;

type Readers = Arc<Mutex<Vec<Connection>>>;

#[derive(Deserialize)]
struct Search {
    q: Option<String>,
}

pub(crate) async fn serve(listener: TcpListener, database: &Path) -> std::io::Result<()> {
    let readers: Vec<_> = (0..2).filter_map(|_| Connection::open(database).ok()).collect();
    let app = Router::new()
        .route("/", get(home))
        .route("/login", get(login))
        .route("/search", get(search))
        .with_state(Arc::new(Mutex::new(readers)));
    axum_serve(listener, app).await
}

/// `axum::serve` needs a feature that the demo does without.
async fn axum_serve(listener: TcpListener, app: Router) -> std::io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let service = hyper_util::service::TowerToHyperService::new(app.clone());
        let stream = hyper_util::rt::TokioIo::new(stream);
        tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(stream, service));
    }
}

async fn home(State(readers): State<Readers>, headers: HeaderMap) -> Response {
    let page = on_a_reader(readers, move |connection| {
        let people = people(connection, "", "created_at DESC, id DESC LIMIT 6")?;
        let files = connection
            .prepare_cached(
                "SELECT files.name, users.display_name FROM files JOIN users ON users.id = files.user_id
                 ORDER BY files.uploaded_at DESC, files.id DESC LIMIT 6",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<Vec<(String, String)>>>()?;
        let main = html! {
            h1 { "Everyone is welcome" }
            (people)
            ul { @for (name, owner) in &files { li { (name) " from " (owner) } } }
        };
        frame(connection, &headers, main)
    });
    answer(page.await)
}

async fn login(State(readers): State<Readers>, headers: HeaderMap) -> Response {
    let form = html! {
        h1 { "Sign in" }
        form method="post" {
            label { "Name" input name="username" required; }
            label { "Password" input type="password" name="password" required; }
            button { "Sign in" }
        }
    };
    answer(on_a_reader(readers, move |connection| frame(connection, &headers, form)).await)
}

async fn search(State(readers): State<Readers>, Query(search): Query<Search>, headers: HeaderMap) -> Response {
    let q = search.q.unwrap_or_default();
    let page = on_a_reader(readers, move |connection| {
        let people = people(connection, &q, "display_name, id LIMIT 11")?;
        frame(connection, &headers, html! { h1 { "Search" } form { input name="q" value=(q); } (people) })
    });
    answer(page.await)
}

fn people(connection: &Connection, q: &str, order: &str) -> Result<Markup> {
    let like = format!("%{}%", q.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    let sql = format!(
        "SELECT username, display_name, bio FROM users WHERE username LIKE ?1 ESCAPE '\\' OR display_name LIKE ?1 ESCAPE '\\'
         OR bio LIKE ?1 ESCAPE '\\' ORDER BY {order}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![like], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let people = rows.collect::<Result<Vec<(String, String, String)>>>()?;
    Ok(html! { ul { @for (username, name, bio) in &people { li { h3 { (name) } p { "@" (username) } p { (bio) } } } } })
}

fn frame(connection: &Connection, headers: &HeaderMap, main: Markup) -> Result<Markup> {
    let id = headers.get(header::COOKIE).and_then(|cookie| cookie.to_str().ok()?.strip_prefix("user="));
    let mut statement = connection.prepare_cached("SELECT display_name FROM users WHERE id = ?1")?;
    let name = id.map(|id| statement.query_row(params![id], |row| row.get::<_, String>(0)).optional()).transpose()?;
    Ok(html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { "Guestbook" } }
            body {
                nav { a href="/search" { "Search" } a href="/login" { "Sign in" } }
                @if let Some(name) = name.flatten() { p { "Signed in as " (name) } }
                main { (main) }
            }
        }
    })
}

async fn on_a_reader<T: Send + 'static>(
    readers: Readers,
    work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
) -> Option<T> {
    let done = tokio::task::spawn_blocking(move || {
        let taken = readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = taken.map_or_else(|| Connection::open("demo.sqlite").ok(), Some)?;
        let result = work(&connection).ok();
        readers.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        result
    });
    done.await.ok().flatten()
}

fn answer(page: Option<Markup>) -> Response {
    match page {
        Some(page) => Html(page.into_string()).into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
