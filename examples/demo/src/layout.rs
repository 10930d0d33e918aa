//! The frame around every page: head, navigation, notice, footer.

use http::StatusCode;
use http::request::Parts;
use secure_forms::asset::{Asset, StaticFile, Stylesheet};
use secure_forms::form::FormPage;
use secure_forms::{Form, FormGuard, Html, PageContent, Routes, asset, html};

use crate::identity::Identity;
use crate::notice::Notice;
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

/// That form, on any page.
pub(crate) fn logout(page: FormPage<Logout>) -> FormPage<Logout> {
    page.action(&Action::Logout).submit("Sign out")
}

/// The guard, with this layout around every page.
pub(crate) fn around_pages(guard: FormGuard) -> FormGuard {
    let forms = guard.clone();
    guard.with_layout(Visit::begin, move |visit, page| Frame::of(visit, &forms).page(page))
}

/// What is kept of every request: a place for who is signed in, which a layer further in fills, and the head.
struct Visit {
    identity: Identity,
    head: Parts,
}

impl Visit {
    fn begin(head: &mut Parts) -> Self {
        let identity = Identity::default();
        head.extensions.insert(identity.clone());
        Self { identity, head: head.clone() }
    }
}

/// What the frame shows of it.
struct Frame {
    path: String,
    notice: Option<Notice>,
    account: Option<Account>,
}

/// Somebody who is signed in, and the way out.
struct Account {
    user: User,
    logout: FormPage<Logout>,
}

impl Frame {
    fn of(Visit { identity, mut head }: Visit, guard: &FormGuard) -> Self {
        let account = identity.user().cloned().and_then(|user| {
            let logout = logout(guard.blank::<Logout>(&mut head).ok()?.page());
            Some(Account { user, logout })
        });
        let notice = Notice::of(&head.headers, guard.cookies());
        Self { path: head.uri.path().to_owned(), notice, account }
    }

    /// A whole page.
    fn page(&self, page: &PageContent) -> Html {
        html! {
            (Html::DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (page.title()) " · Guestbook" }
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
                        (page.content())
                        @if is_dead_end(page.status()) { (ways_on()) }
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

/// Whether nothing was done or found; who has only something to correct stays where the form is.
fn is_dead_end(status: StatusCode) -> bool {
    let is_error = status.is_client_error() || status.is_server_error();
    is_error && !matches!(status, StatusCode::UNPROCESSABLE_ENTITY | StatusCode::UNSUPPORTED_MEDIA_TYPE)
}

/// Where to go from there.
fn ways_on() -> Html {
    let search = Page::Search { q: None, sort: None, page: None };
    html! { p { a href=(Page::Home.path()) { "Back to the start" } " or " a href=(search.path()) { "search" } "." } }
}

/// Tells somebody who is signed in what signing in once more would do.
pub(crate) fn already(who: &Identity) -> Html {
    html! {
        @if let Some(user) = who.user() {
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
