//! What holds of forms behind any adapter: who may act, what comes back, and with which status. Whoever includes this file has a
//! `Site` with the two forms at `/sign-up` and `/note`.

use http::request::Builder;
use http::{Request, Response, StatusCode, header};
use secure_forms::client_ip::Transport;
use secure_forms::{Form, Invalid, Secret};

use super::Site;

pub(crate) const ORIGIN: &str = "https://app.example";

#[derive(Debug, Form)]
#[form(context = Taken)]
pub(crate) struct SignUp {
    #[field(length(3..=32), check(async) = is_free)]
    pub(crate) username: String,
    #[field(length(8..=128))]
    pub(crate) password: Secret,
}

/// The names that are taken: at every site, `ada`.
pub(crate) type Taken = Vec<String>;

async fn is_free(username: &str, taken: &Taken) -> Result<(), Invalid> {
    if taken.iter().any(|name| name == username) { Err(Invalid::new("This name is taken.")) } else { Ok(()) }
}

#[derive(Debug, Form)]
pub(crate) struct Note {
    pub(crate) text: String,
}

/// What a browser keeps between a page and the form's submission.
struct Page {
    cookie: String,
    token: String,
    html: String,
}

async fn open(site: &Site, path: &str) -> Page {
    let response = site.answer(to(Request::get(path)).body(String::new()).unwrap()).await;
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let html = response.into_body();
    let token = html.split("name=\"csrf_token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    Page { cookie, token, html }
}

fn text(response: Response<String>) -> (StatusCode, String) {
    (response.status(), response.into_body())
}

/// A request to this site, over TLS.
fn to(request: Builder) -> Builder {
    request.header(header::HOST, "app.example").extension(Transport::Tls)
}

async fn post(site: &Site, path: &str, page: &Page, body: String, extra: &[(&str, &str)]) -> Response<String> {
    let mut request = to(Request::post(path))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, &page.cookie);
    for (name, value) in extra {
        request = request.header(*name, *value);
    }
    site.answer(request.body(body).unwrap()).await
}

#[tokio::test]
async fn a_form_with_its_token_is_accepted() {
    let site = Site::new();
    let page = open(&site, "/sign-up").await;
    let body = format!("csrf_token={}&username=grace&password=correct+horse", page.token);
    let response = post(&site, "/sign-up?next=%2Fprofile", &page, body, &[("origin", ORIGIN)]).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()[header::LOCATION], "/profile");
}

#[tokio::test]
async fn a_form_without_its_token_is_forbidden() {
    let site = Site::new();
    let page = open(&site, "/note").await;
    let (status, html) = text(post(&site, "/note", &page, "text=hello".to_owned(), &[]).await);
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(!html.contains("hello"), "what another site sent is not shown");
}

#[tokio::test]
async fn a_token_of_another_form_is_forbidden() {
    let site = Site::new();
    let page = open(&site, "/sign-up").await;
    let response = post(&site, "/note", &page, format!("csrf_token={}&text=x", page.token), &[]).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_token_without_the_visitors_cookie_is_forbidden() {
    let site = Site::new();
    let mut page = open(&site, "/note").await;
    page.cookie = "theme=dark".to_owned();
    let response = post(&site, "/note", &page, format!("csrf_token={}&text=x", page.token), &[]).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn another_site_is_forbidden_even_with_a_token() {
    let site = Site::new();
    let page = open(&site, "/note").await;
    let body = format!("csrf_token={}&text=x", page.token);
    for header in
        [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")]
    {
        let response = post(&site, "/note", &page, body.clone(), &[header]).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{header:?}");
    }
    let own = [("origin", ORIGIN), ("sec-fetch-site", "same-origin")];
    assert_eq!(post(&site, "/note", &page, body, &own).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_token_that_no_longer_fits_shows_the_form_again_for_an_own_page() {
    let (old, new) = (Site::new(), Site::new());
    let page = open(&old, "/note").await;
    let body = format!("csrf_token={}&text=typed+for+an+hour", page.token);
    let own = [("origin", ORIGIN), ("sec-fetch-site", "same-origin")];
    let (status, html) = text(post(&new, "/note", &page, body.clone(), &own).await);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("typed for an hour") && html.contains("open too long"), "{html}");
    assert_eq!(post(&new, "/note", &page, body, &[]).await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn problems_come_back_with_the_text_and_without_the_password() {
    let site = Site::new();
    let page = open(&site, "/sign-up").await;
    let body = format!("csrf_token={}&username=%3Cb%3E&password=short+%3C", page.token);
    let (status, html) = text(post(&site, "/sign-up", &page, body, &[]).await);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("value=\"&lt;b&gt;\""), "{html}");
    assert!(!html.contains("short"), "{html}");
    assert!(html.contains("Password needs at least 8 characters."), "{html}");
}

#[tokio::test]
async fn an_asynchronous_check_stands_beside_its_field() {
    let site = Site::new();
    let page = open(&site, "/sign-up").await;
    let body = format!("csrf_token={}&username=ada&password=correct+horse", page.token);
    let (status, html) = text(post(&site, "/sign-up", &page, body, &[]).await);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("id=\"sign-up-username-error\">This name is taken."), "{html}");
}

#[tokio::test]
async fn what_an_asynchronous_check_finds_stands_beside_what_is_wrong_elsewhere() {
    let site = Site::new();
    let page = open(&site, "/sign-up").await;
    for (username, is_told) in [("ada", true), ("grace", false)] {
        let body = format!("csrf_token={}&username={username}&password=short", page.token);
        let (status, html) = text(post(&site, "/sign-up", &page, body, &[]).await);
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(html.contains("This name is taken."), is_told, "{html}");
        assert!(html.contains("id=\"sign-up-password-error\""), "{html}");
    }
    // A field that is wrong already is not asked about, and neither is one of a request that may not act.
    for body in
        [format!("csrf_token={}&username=a&password=correct+horse", page.token), "username=ada&password=x".into()]
    {
        let (_, html) = text(post(&site, "/sign-up", &page, body, &[]).await);
        assert!(!html.contains("This name is taken."), "{html}");
    }
}

#[tokio::test]
async fn a_next_off_the_site_is_a_bad_request() {
    let site = Site::new();
    let page = open(&site, "/note").await;
    for (query, body) in [("?next=//evil.test", ""), ("?next=/a", "&next=/b"), ("", "&next=https://evil.test/")] {
        let body = format!("csrf_token={}&text=x{body}", page.token);
        let response = post(&site, &format!("/note{query}"), &page, body, &[]).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{query}");
    }
}

#[tokio::test]
async fn a_client_that_asks_for_json_gets_problem_details() {
    let site = Site::new();
    let page = open(&site, "/note").await;
    let body = format!("csrf_token={}&text=", page.token);
    let response = post(&site, "/note", &page, body, &[("accept", "application/json")]).await;
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    let (_, json) = text(response);
    let problem: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(problem["status"], 422);
    assert_eq!(problem["errors"][0]["pointer"], "#/text");
    assert_eq!(problem["errors"][0]["detail"], "Text is required.");
}

#[tokio::test]
async fn two_tokens_of_one_form_share_no_part_and_both_are_good() {
    let site = Site::new();
    let page = open(&site, "/note").await;
    let again = open(&site, "/note").await;
    assert_ne!(page.token, again.token);
    assert!(page.html.contains("<form method=\"post\""));
}

#[tokio::test]
async fn a_form_speaks_the_language_that_the_request_asks_for() {
    let site = Site::new();
    let page = open(&site, "/note").await;
    let body = format!("csrf_token={}&text=", page.token);
    for (asked, lang, sentence) in [
        ("de-AT, en;q=0.5", "de", "Text ist erforderlich."),
        ("en", "en", "Text is required."),
        ("fr", "en", "Text is required."),
    ] {
        let response = post(&site, "/note", &page, body.clone(), &[("accept-language", asked)]).await;
        assert_eq!(response.headers()[header::CONTENT_LANGUAGE], lang, "{asked}");
        let (_, html) = text(response);
        assert!(html.starts_with(&format!("<!DOCTYPE html><html lang=\"{lang}\">")), "{html}");
        assert!(html.contains(sentence), "{html}");
    }
    // Lines of one field are one list, and a first page is asked for in a language too.
    let request = to(Request::get("/note")).header("accept-language", "fr").header("accept-language", "de");
    assert_eq!(site.answer(request.body(String::new()).unwrap()).await.headers()[header::CONTENT_LANGUAGE], "de");
}
