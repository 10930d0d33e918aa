//! One file per page: its form, its handlers, its view. Here they become a router.

mod files;
mod home;
mod login;
mod profile;
mod register;
mod report;
mod search;
mod upload;

use axum::Router;
use axum::extract::State;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http::{Extensions, HeaderMap};
use secure_forms::asset::AssetSet;
use secure_forms::axum::{ConnectionLayer, CsrfLayer, ProtectionLayer, handle, router};
use secure_forms::form::{FormPage, NoContext};
use secure_forms::{PageContent, Refused, SafeRedirect, Submitted, html};

use crate::layout::{self, Logout};
use crate::notice::{Notice, tell_once};
use crate::routes::{Action, ActionHandlers, Page, PageHandlers};
use crate::server::{Peer, in_time};
use crate::session::{Ended, identify, sign_out};
use crate::state::App;

/// The whole application.
pub fn app(app: App) -> Router {
    let pages = PageHandlers {
        home: handle(home::show),
        register: handle(register::show),
        login: handle(login::show),
        profile: handle(profile::show),
        search: handle(search::show),
        upload: handle(upload::show),
        file: handle(files::download),
        healthz: handle(healthz),
    };
    let actions = ActionHandlers {
        register: handle(register::send),
        login: handle(login::send),
        profile: handle(profile::send),
        upload: handle(upload::send),
        logout: handle(logout),
        csp_report: handle(report::receive),
    };
    Router::new()
        .merge(router(pages))
        .merge(router(actions))
        .fallback(async || Refused::not_found())
        .layer(from_fn(tell_once))
        .layer(from_fn_with_state(app.clone(), identify))
        .layer(from_fn(in_time))
        .merge(AssetSet::new([layout::STYLE.file(), layout::ICON.file()]).router())
        .layer(protection(&app))
        .with_state(app)
}

/// The library's layers: who sends a request, headers on every answer, own hosts over HTTPS alone, no forms of other sites.
fn protection(app: &App) -> ProtectionLayer {
    let peer = |extensions: &Extensions| extensions.get().map(|Peer(peer)| *peer);
    ProtectionLayer::new(&app.guard, &app.headers)
        .connection(ConnectionLayer::new(app.client_ip.as_ref().clone(), peer))
        .csrf(CsrfLayer::new(&app.guard).exemptions_of::<Action>())
}

async fn healthz() -> &'static str {
    "ok"
}

async fn logout(State(app): State<App>, headers: HeaderMap, form: Submitted<Logout>) -> Result<Response, Refused> {
    form.validate(&NoContext).await.map_err(|rejected| rejected.respond(not_signed_out))?;
    let mut response = SafeRedirect::from(Page::Home).into_response();
    let notice = match sign_out(&app, &headers, &mut response).await? {
        Ended::Everywhere => Notice::SignedOut,
        Ended::HereAlone => Notice::SignedOutHere,
    };
    notice.send(app.cookies(), &mut response)?;
    Ok(response)
}

fn not_signed_out(form: FormPage<Logout>) -> PageContent {
    PageContent::new("Sign out", html! { h1 { "You are not signed out yet" } (layout::logout(form).render()) })
}
