//! `GET /`: who is new, and what was uploaded.

use axum::extract::State;
use secure_forms::html::SafeUrl;
use secure_forms::{Html, PageContent, Refused, Routes, html};

use crate::identity::Identity;
use crate::layout::size;
use crate::routes::Page;
use crate::state::App;
use crate::store::files::{self, Listed};
use crate::store::users::{self, Profile};

pub(crate) async fn show(State(app): State<App>, who: Identity) -> Result<PageContent, Refused> {
    let (people, files) = (users::newest(&app.db).await?, files::newest(&app.db).await?);
    Ok(PageContent::new(
        "Home",
        html! {
            h1 { "Everyone is welcome" }
            p.lead { "Say who you are, and leave something behind." }
            p.actions {
                @if who.user().is_some() {
                    a.button href=(Page::Upload.path()) { "Upload a file" }
                    a.button.quiet href=(Page::Profile.path()) { "Edit your profile" }
                } @else {
                    a.button href=(Page::Register { next: None }.path()) { "Register" }
                    a.button.quiet href=(Page::Login { next: None }.path()) { "Sign in" }
                }
            }
            section aria-labelledby="people" {
                h2 #people { "New people" }
                (list(&people))
            }
            section aria-labelledby="files" {
                h2 #files { "New files" }
                @if files.is_empty() {
                    p.empty { "Nothing has been uploaded yet." }
                } @else {
                    ul.cards { @for file in &files { li { (card(file)) } } }
                }
            }
        },
    ))
}

/// People as cards.
pub(crate) fn list(people: &[Profile]) -> Html {
    html! {
        ul.cards {
            @for person in people {
                li {
                    article.card {
                        h3 { bdi { (person.display_name) } }
                        p.handle { "@" (person.username) }
                        @if !person.bio.is_empty() { p.bio dir="auto" { (person.bio) } }
                        @if let Some(website) = person.website.as_deref().and_then(|url| SafeUrl::parse(url).ok()) {
                            p { a rel="nofollow noopener" href=(website) { (website) } }
                        }
                    }
                }
            }
        }
    }
}

fn card(file: &Listed) -> Html {
    html! {
        article.card {
            h3 { a href=(Page::File { id: file.id }.path()) { bdi { (file.name) } } }
            p.handle { (size(file.size)) " from " bdi { (file.owner) } }
            p.bio dir="auto" { (file.caption) }
        }
    }
}
