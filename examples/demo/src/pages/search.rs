//! `GET /search`: people by text, in an order that the person chooses; `%` and `_` are plain characters.

use axum::extract::State;
use secure_forms::form::FormPage;
use secure_forms::{Blank, Form, Html, PageContent, Refused, Rejected, Routes, Valid, html};

use super::home::list;
use crate::client::Client;
use crate::limits::Counted;
use crate::routes::{Page, Sort};
use crate::state::App;
use crate::store::users::{self, Profile};

#[derive(Clone, Debug, Form)]
#[form(name = "search", method = get)]
pub(crate) struct Search {
    // In bytes, as `query!` bounds what it looks for.
    #[field(label = "Name or text", search, length(..=128, unit = bytes))]
    q: Option<String>,
    #[field(label = "Order")]
    sort: Option<Sort>,
    #[field(hidden, range(1..=1000))]
    page: Option<u32>,
}

pub(crate) async fn show(
    State(app): State<App>,
    Client(client): Client,
    form: Result<Valid<Search>, Rejected<Search>>,
) -> Result<PageContent, Refused> {
    let form = form.map_err(|rejected| rejected.respond(|form| view(form, html! {})))?.into_inner();
    app.limits.count(Counted::Search, &client)?;
    let (q, sort, page) = (form.q.clone().unwrap_or_default(), form.sort.unwrap_or_default(), form.page.unwrap_or(1));
    let (people, has_more) = users::search(&app.db, &q, sort, page).await?;
    let results = results(&people, &form, page, has_more);
    // A new search begins on its first page.
    let shown = Blank::new().with(&Search { page: None, sort: Some(sort), ..form });
    Ok(view(shown, results))
}

fn results(people: &[Profile], form: &Search, page: u32, has_more: bool) -> Html {
    let at = |page: u32| Page::Search { q: form.q.clone(), sort: form.sort, page: Some(page) }.path();
    html! {
        section aria-labelledby="results" {
            h2 #results { @if form.q.is_some() { "Results" } @else { "Everyone" } }
            @if !people.is_empty() {
                (list(people))
            } @else if page > 1 {
                p.empty { "There is nobody on page " (page) "." }
            } @else {
                p.empty { "Nobody was found. Try fewer or shorter words." }
            }
            @if page > 1 || has_more {
                nav.pages aria-label="Pages" {
                    @if page > 1 { a.button.quiet rel="prev" href=(at(page - 1)) { "Previous" } }
                    span { "Page " (page) }
                    @if has_more { a.button.quiet rel="next" href=(at(page + 1)) { "Next" } }
                }
            }
        }
    }
}

fn view(form: FormPage<Search>, results: Html) -> PageContent {
    let form = form.action(&Page::Search { q: None, sort: None, page: None }).submit("Search");
    PageContent::new(
        "Search",
        html! {
            h1 { "Search" }
            div.inline { (form.render()) }
            (results)
        },
    )
}
