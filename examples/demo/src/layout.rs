//! The frame around every page: head, navigation, footer.

use axum::extract::{FromRef, FromRequestParts};
use http::request::Parts;
use maud::{DOCTYPE, Markup, html};
use secure_forms::{Asset, Blank, Form, FormGuard, FormPage, Html, NextError, Routes, StaticFile, Stylesheet, asset};

use crate::identity::Identity;
use crate::routes::{Action, Page};
use crate::store::users::User;

/// The one stylesheet.
pub(crate) static STYLE: Asset<Stylesheet> = asset!("static/site.css");

/// The picture on a browser's tab.
pub(crate) static ICON: Asset<StaticFile> = asset!("static/icon.svg");

/// The button that signs out: a form of its own, because it changes something.
#[derive(Debug, Form)]
#[form(name = "logout")]
pub(crate) struct Logout {}

/// What the frame needs from the request.
pub(crate) struct Frame {
    user: Option<User>,
    logout: Option<FormPage>,
}

impl<S> FromRequestParts<S> for Frame
where
    S: Send + Sync,
    FormGuard: FromRef<S>,
{
    type Rejection = NextError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, NextError> {
        let Ok(Identity(user)) = Identity::from_request_parts(parts, state).await;
        let logout = match user {
            Some(_) => Some(Blank::<Logout>::from_request_parts(parts, state).await?.page().action(&Action::Logout)),
            None => None,
        };
        Ok(Self { user, logout })
    }
}

impl Frame {
    /// A whole page.
    pub(crate) fn page(&self, title: &str, main: Markup) -> Html {
        document(title, self.navigation(), main)
    }

    fn navigation(&self) -> Markup {
        html! {
            ul {
                li { a href=(Page::Search { q: None, sort: None, page: None }.path()) { "Search" } }
                @if self.user.is_some() {
                    li { a href=(Page::Upload.path()) { "Upload" } }
                    li { a href=(Page::Profile.path()) { "Profile" } }
                } @else {
                    li { a href=(Page::Login { next: None }.path()) { "Sign in" } }
                    li { a.button href=(Page::Register { next: None }.path()) { "Register" } }
                }
            }
            @if let (Some(user), Some(logout)) = (&self.user, &self.logout) {
                div.account {
                    span { "Signed in as " strong { (user.display_name) } }
                    (logout_form(logout))
                }
            }
        }
    }
}

fn logout_form(page: &FormPage) -> Markup {
    html! {
        (page.open())
        button.quiet type="submit" { "Sign out" }
        (page.close())
    }
}

/// A page that knows nobody: errors.
pub(crate) fn bare(title: &str, words: &str) -> Html {
    let home = html! { ul { li { a href=(Page::Home.path()) { "Home" } } } };
    document(
        title,
        home,
        html! { h1 { (title) } p { (words) } p { a href=(Page::Home.path()) { "Back to the start" } } },
    )
}

fn document(title: &str, navigation: Markup, main: Markup) -> Html {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Guestbook" }
                link rel="icon" type="image/svg+xml" href=(ICON.url());
                (STYLE.tag())
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header {
                    a.brand href=(Page::Home.path()) { "Guestbook" }
                    nav aria-label="Main" { (navigation) }
                }
                main #main tabindex="-1" { (main) }
                footer { p { "A demo of secure-forms. It works without JavaScript." } }
            }
        }
    };
    Html::from(page)
}

/// A size for people.
pub(crate) fn size(bytes: i64) -> String {
    match bytes {
        ..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KiB", bytes / 1024),
        _ => format!("{:.1} MiB", bytes as f64 / 1_048_576.0),
    }
}
