//! The security guide's chapter on forms: its sign-up form, each of its rules refused and met. `username` is labelled "Name",
//! required, has a length and a pattern with its own sentence; `email` is required and an address; `activation_key` is a hidden
//! UUID; a method looks the address up and says "This email is taken".

use secure_forms::{Blank, EmailAddress, English, Form, Invalid, Rejected, Submission, Valid, Words};
use uuid::Uuid;

/// The application: it knows which addresses are taken.
struct App {
    taken: Vec<&'static str>,
}

#[derive(Debug, Form)]
#[form(context = App)]
struct SignUp {
    #[field(label = "Name", length(3..=25),
            pattern("^[A-Za-z][A-Za-z0-9_.]*$", message = "Usernames must have only letters, numbers, dots or underscores"))]
    username: String,
    #[field(check(async) = email_is_free)]
    email: EmailAddress,
    #[field(hidden)]
    activation_key: Uuid,
}

async fn email_is_free(email: &EmailAddress, app: &App) -> Result<(), Invalid> {
    if app.taken.contains(&email.as_str()) { Err(Invalid::new("This email is taken")) } else { Ok(()) }
}

const KEY: &str = "67e55044-10b1-426f-9247-bb680e5fe0c8";

async fn sign_up(username: &str, email: &str, key: &str) -> Result<Valid<SignUp>, Rejected<SignUp>> {
    let body = format!("username={username}&email={email}&activation_key={key}");
    Submission::from_urlencoded(body).validate(&App { taken: vec!["ada@example.org"] }).await
}

/// The problem of one field, as a person reads it; no other field has one.
async fn sentence(field: &str, username: &str, email: &str, key: &str) -> String {
    let rejected = sign_up(username, email, key).await.unwrap_err();
    let problems = rejected.report().problems();
    assert_eq!(problems.iter().map(|problem| problem.path()).collect::<Vec<_>>(), [field]);
    assert_eq!(rejected.status(), 422);
    English.problem(&problems[0])
}

#[tokio::test]
async fn a_good_form_is_valid() {
    let form = sign_up("ada.l_1815", "grace%40example.org", KEY).await.unwrap();
    assert_eq!((form.username.as_str(), form.email.as_str()), ("ada.l_1815", "grace@example.org"));
    assert_eq!(form.activation_key.to_string(), KEY);
}

#[tokio::test]
async fn the_name_is_required() {
    assert_eq!(sentence("username", "", "grace%40example.org", KEY).await, "Name is required.");
    assert_eq!(sentence("username", "+++", "grace%40example.org", KEY).await, "Name is required.");
}

#[tokio::test]
async fn the_name_has_a_length() {
    let short = sentence("username", "ab", "grace%40example.org", KEY).await;
    assert_eq!(short, "Name has 2 characters; at least 3 are needed.");
    let long = sentence("username", &"a".repeat(26), "grace%40example.org", KEY).await;
    assert_eq!(long, "Name has 26 characters; at most 25 are allowed.");
    assert!(sign_up(&"a".repeat(25), "grace%40example.org", KEY).await.is_ok());
}

#[tokio::test]
async fn the_name_holds_letters_numbers_dots_and_underscores() {
    for name in ["1ada", "ada-l", "ada%20l", "_ada", "%3Cb%3Eada", "ada%27--", "ad%C3%A4"] {
        let told = sentence("username", name, "grace%40example.org", KEY).await;
        assert_eq!(told, "Usernames must have only letters, numbers, dots or underscores", "{name}");
    }
}

#[tokio::test]
async fn the_email_is_required_and_an_address() {
    assert_eq!(sentence("email", "ada", "", KEY).await, "Email is required.");
    for email in ["ada", "ada%40", "%40example.org", "ada%40example..org", "ada%40b%40example.org"] {
        let told = sentence("email", "ada", email, KEY).await;
        assert_eq!(told, "Email is not an email address; it should look like name@example.com.", "{email}");
    }
}

#[tokio::test]
async fn the_activation_key_is_a_uuid() {
    for key in ["1", "67e5504410b1426f9247bb680e5fe0c8", "67e55044-10b1-426f-9247-bb680e5fe0cg", "%27+OR+1%3D1"] {
        let told = sentence("activation_key", "ada", "grace%40example.org", key).await;
        assert!(told.contains("is not a UUID"), "{key}: {told}");
    }
}

#[tokio::test]
async fn a_taken_email_is_told_beside_its_field() {
    assert_eq!(sentence("email", "ada", "ada%40example.org", KEY).await, "This email is taken");
}

#[tokio::test]
async fn the_look_up_waits_until_all_else_is_good() {
    let rejected = sign_up("ab", "ada%40example.org", KEY).await.unwrap_err();
    assert!(rejected.report().for_field("email").is_none());
}

#[test]
fn the_page_says_the_same_as_the_server() {
    let page = Blank::<SignUp>::new().page();
    let name = page.field("username").to_string();
    assert!(name.contains(">Name</label>"), "{name}");
    for part in [" required", "minlength=\"3\"", "maxlength=\"25\"", "pattern=\"", "type=\"text\""] {
        assert!(name.contains(part), "{part} in {name}");
    }
    assert!(page.field("email").as_str().contains("type=\"email\""));
    let key = page.field("activation_key").to_string();
    assert!(key.starts_with("<input type=\"hidden\"") && !key.contains("label"), "{key}");
}
