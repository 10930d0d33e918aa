//! The frame around every page: head, navigation, notice, footer.

use axum::extract::FromRequestParts;
use http::request::Parts;
use secure_forms::{Asset, Blank, Form, FormPage, Html, NoForm, Routes, StaticFile, Stylesheet, asset, html};

use crate::identity::Identity;
use crate::notice::Notice;
use crate::routes::{Action, Page};
use crate::state::App;
use crate::store::users::User;

/// The one stylesheet.
pub(crate) static STYLE: Asset<Stylesheet> = asset!("static/site.css");

/// The picture on a browser's tab.
pub(crate) static ICON: Asset<StaticFile> = asset!("static/icon.svg");

/// The button that signs out: a form of its own, because it changes something.
#[derive(Debug, Form)]
#[form(name = "logout")]
pub(crate) struct Logout {}

/// That form, on any page.
pub(crate) fn logout(page: FormPage<Logout>) -> FormPage<Logout> {
    page.action(&Action::Logout).submit("Sign out")
}

/// What the frame needs from the request.
pub(crate) struct Frame {
    path: String,
    notice: Option<Notice>,
    account: Option<Account>,
}

/// Somebody who is signed in, and the way out.
struct Account {
    user: User,
    logout: FormPage<Logout>,
}

impl FromRequestParts<App> for Frame {
    type Rejection = NoForm;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, NoForm> {
        let Ok(identity) = Identity::from_request_parts(parts, app).await;
        let account = match identity.user().cloned() {
            Some(user) => {
                Some(Account { user, logout: logout(Blank::<Logout>::from_request_parts(parts, app).await?.page()) })
            }
            None => None,
        };
        let notice = Notice::of(&parts.headers, app.cookies());
        Ok(Self { path: parts.uri.path().to_owned(), notice, account })
    }
}

impl Frame {
    /// Who is signed in.
    pub(crate) fn user(&self) -> Option<&User> {
        self.account.as_ref().map(|account| &account.user)
    }

    /// A whole page.
    pub(crate) fn page(&self, title: &str, main: Html) -> Html {
        html! {
            (Html::DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (title) " · Guestbook" }
                    link rel="icon" type="image/svg+xml" href=(ICON);
                    (STYLE.tag())
                }
                body {
                    a.skip href="#main" { "Skip to the content" }
                    header {
                        a.brand href=(Page::Home.path()) { "Guestbook" }
                        (self.navigation())
                    }
                    main #main tabindex="-1" {
                        @if let Some(notice) = self.notice { p.notice role="status" { (notice.words()) } }
                        (main)
                    }
                    footer { p { "A demo of secure-forms. It works without JavaScript." } }
                }
            }
        }
    }

    fn navigation(&self) -> Html {
        html! {
            nav aria-label="Main" {
                ul {
                    li { (self.link(&Page::Search { q: None, sort: None, page: None }, "Search")) }
                    @if self.account.is_some() {
                        li { (self.link(&Page::Upload, "Upload")) }
                        li { (self.link(&Page::Profile, "Profile")) }
                    } @else {
                        li { (self.link(&Page::Login { next: None }, "Sign in")) }
                        li { (self.link(&Page::Register { next: None }, "Register")) }
                    }
                }
            }
            @if let Some(account) = &self.account {
                div.account {
                    p { "Signed in as " strong { bdi { (account.user.display_name) } } }
                    (account.logout.render())
                }
            }
        }
    }

    fn link(&self, page: &Page, words: &str) -> Html {
        let path = page.path();
        let is_here = path.as_str() == self.path;
        html! { a href=(path) aria-current=[is_here.then_some("page")] { (words) } }
    }
}

/// Tells somebody who is signed in what signing in once more would do.
pub(crate) fn already(frame: &Frame) -> Html {
    html! {
        @if let Some(user) = frame.user() {
            p.lead { "You are signed in as " bdi { (user.display_name) } ". Go on here to change to another account." }
        }
    }
}

/// A size for people.
pub(crate) fn size(bytes: i64) -> String {
    match bytes {
        ..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KiB", bytes / 1024),
        _ => format!("{:.1} MiB", bytes as f64 / 1_048_576.0),
    }
}
