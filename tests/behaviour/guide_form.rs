//! The security guide's form: each of its rules refuses what the guide refuses, and lets good input pass.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use secure_forms::{
    Blank, EmailAddress, Form, Invalid,
    form::{English, Messages},
    testing,
};
use uuid::Uuid;

#[derive(Debug, Form)]
struct SignUp {
    #[field(label = "Name", length(3..=32),
            pattern("^[A-Za-z][A-Za-z0-9_.]*$", message = "Usernames must have only letters, numbers, dots or underscores"))]
    username: String,
    #[field(check = is_free)]
    email: EmailAddress,
    #[field(hidden)]
    activation_key: Uuid,
}

fn is_free(email: &EmailAddress) -> Result<(), Invalid> {
    if email.as_str() == "taken@example.org" { Err(Invalid::new("This email is taken")) } else { Ok(()) }
}

const KEY: &str = "67e55044-10b1-426f-9247-bb680e5fe0c8";

/// What the form says about one field of a submission; `None` if it is good.
fn said(username: &str, email: &str, key: &str, field: &str) -> Option<String> {
    let body = format!("username={username}&email={email}&activation_key={key}");
    let rejected = testing::submission(body).bind::<SignUp>().err()?;
    let problem = rejected.report().for_field(field)?;
    Some(English.problem(problem))
}

fn name(username: &str) -> Option<String> {
    said(username, "ada@example.org", KEY, "username")
}

fn email(email: &str) -> Option<String> {
    said("ada.l", email, KEY, "email")
}

fn key(key: &str) -> Option<String> {
    said("ada.l", "ada@example.org", key, "activation_key")
}

/// The chapter in one: each line of the guide's form refuses what it is there for with the guide's words, and lets the twin pass.
#[test]
fn guide_form() {
    let words = "Usernames must have only letters, numbers, dots or underscores";
    assert_eq!(name("").as_deref(), Some("Name is required."));
    assert!(name("ad").is_some() && name(&"a".repeat(33)).is_some());
    assert_eq!(name("ada-l").as_deref(), Some(words));
    assert_eq!(name("Ada_Lovelace.1815"), None);
    assert_eq!(email("").as_deref(), Some("Email is required."));
    assert!(email("ada").is_some());
    assert_eq!(email("taken@example.org").as_deref(), Some("This email is taken"));
    assert_eq!(email("ada@example.org"), None);
    assert!(key("").is_some() && key("67e55044").is_some());
    assert_eq!(key(KEY), None);
}

#[test]
fn a_good_form_is_accepted() {
    let body = format!("username=ada.l&email=ada%40example.org&activation_key={KEY}");
    let form = testing::submission(body).bind::<SignUp>().unwrap();
    assert_eq!((form.username.as_str(), form.email.as_str()), ("ada.l", "ada@example.org"));
    assert_eq!(form.activation_key.to_string(), KEY);
}

#[test]
fn the_name_is_required() {
    assert_eq!(name("").as_deref(), Some("Name is required."));
    assert_eq!(name("ada"), None);
}

#[test]
fn the_names_length_has_two_ends() {
    assert!(name("ad").is_some() && name(&"a".repeat(33)).is_some());
    assert!(name("ada").is_none() && name(&"a".repeat(32)).is_none());
}

#[test]
fn the_name_has_only_letters_numbers_dots_or_underscores() {
    let words = "Usernames must have only letters, numbers, dots or underscores";
    for wrong in ["1ada", "_ada", "ada-l", "ada%20l", "ad%C3%A9", "%3Cada%3E"] {
        assert_eq!(name(wrong).as_deref(), Some(words), "{wrong}");
    }
    assert_eq!(name("Ada_Lovelace.1815"), None);
}

#[test]
fn the_email_is_required_and_an_address() {
    assert_eq!(email("").as_deref(), Some("Email is required."));
    assert!(email("ada").is_some() && email("ada@localhost").is_some() && email("a%20b@example.org").is_some());
    assert_eq!(email("ada@example.org"), None);
}

#[test]
fn the_activation_key_is_a_uuid() {
    assert!(key("").is_some() && key("67e55044").is_some() && key("not-a-uuid").is_some());
    assert_eq!(key(KEY), None);
}

#[test]
fn an_email_that_is_taken_is_refused() {
    assert_eq!(email("taken@example.org").as_deref(), Some("This email is taken"));
    assert_eq!(email("free@example.org"), None);
}

#[test]
fn every_field_tells_its_problem_at_once() {
    let rejected = testing::submission("username=1&email=x").bind::<SignUp>().unwrap_err();
    assert_eq!(rejected.report().problems().len(), 3);
}

#[test]
fn the_page_shows_a_label_and_hides_the_key() {
    let page = Blank::<SignUp>::new().page().render();
    let html = page.as_str();
    assert!(html.contains(">Name") && html.contains("name=\"username\""), "{html}");
    assert!(html.contains("type=\"email\""), "{html}");
    let hidden = html.split('<').find(|tag| tag.contains("activation_key")).unwrap();
    assert!(hidden.contains("type=\"hidden\""), "{html}");
}

#[test]
fn a_refused_page_keeps_the_text_as_text() {
    let rejected = testing::submission("username=%3Cb%3E%22&email=x").bind::<SignUp>().unwrap_err();
    let page = rejected.render();
    assert!(page.as_str().contains("&lt;b&gt;") && !page.as_str().contains("<b>"), "{}", page.as_str());
    assert!(page.as_str().contains("aria-invalid=\"true\""), "{}", page.as_str());
}
