//! The forms that suites bind and render by name.

use secure_forms::{Accepted, Choice, EmailAddress, Form, Invalid, Secret};
use uuid::Uuid;

/// A size to choose.
#[derive(Choice, Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// `small`
    Small,
    /// `medium`
    Medium,
    /// `xl`
    #[choice(value = "xl", label = "Extra large")]
    ExtraLarge,
}

/// One field of every kind.
#[derive(Debug, Form)]
#[form(name = "kitchen_sink", check = names_differ)]
pub struct KitchenSink {
    /// Text with a length and a pattern.
    #[field(label = "Name", help = "As others see it.", length(3..=32), autocomplete = "username",
            pattern("[A-Za-z][A-Za-z0-9_.]*", message = "Usernames must have only letters, numbers, dots or underscores"))]
    pub username: String,
    /// Text that may be left out.
    #[field(length(..=64))]
    pub nickname: Option<String>,
    /// Text of many lines, counted in characters.
    #[field(multiline, length(..=200, unit = chars))]
    pub bio: Option<String>,
    /// Text counted in bytes, as it came.
    #[field(trim = false, length(..=16, unit = bytes))]
    pub code: Option<String>,
    /// An address by its type.
    pub email: EmailAddress,
    /// An address by its attribute.
    #[field(email(html))]
    pub contact: Option<String>,
    /// A password.
    #[field(length(8..=128), autocomplete = "new-password")]
    pub password: Secret,
    /// The same again.
    #[field(equal_to = password, autocomplete = "new-password")]
    pub confirm: Secret,
    /// A small number within limits.
    #[field(range(13..=150))]
    pub age: Option<u8>,
    /// A large number.
    pub balance: Option<i64>,
    /// A number with a fraction.
    #[field(range(0..=1))]
    pub ratio: Option<f64>,
    /// A UUID by its type, hidden.
    #[field(hidden)]
    pub activation_key: Option<Uuid>,
    /// A UUID by its attribute.
    #[field(uuid)]
    pub reference: Option<String>,
    /// One of the offered values.
    pub size: Size,
    /// One of them or none.
    #[field(rename = "second-size")]
    pub second_size: Option<Size>,
    /// A box.
    pub newsletter: bool,
    /// A box that must be ticked.
    #[field(label = "I accept the terms")]
    pub terms: Accepted,
    /// A check of the application.
    #[field(check = not_reserved)]
    pub handle: Option<String>,
}

fn not_reserved(handle: &str) -> Result<(), Invalid> {
    if handle == "admin" { Err(Invalid::new("This name is reserved.")) } else { Ok(()) }
}

fn names_differ(form: &KitchenSink) -> Result<(), Invalid> {
    match form.nickname.as_deref() == Some(form.username.as_str()) {
        true => Err(Invalid::new("Choose a nickname that is not your name.").on(KitchenSink::FIELDS.nickname)),
        false => Ok(()),
    }
}

/// The security guide's form.
#[derive(Debug, Form)]
#[form(name = "sign_up", check = address_is_free)]
pub struct SignUp {
    /// Labelled "Name".
    #[field(label = "Name", length(3..=32),
            pattern("[A-Za-z][A-Za-z0-9_.]*", message = "Usernames must have only letters, numbers, dots or underscores"))]
    pub username: String,
    /// Required, and an address.
    pub email: EmailAddress,
    /// Hidden.
    #[field(hidden)]
    pub activation_key: Uuid,
}

fn address_is_free(form: &SignUp) -> Result<(), Invalid> {
    match form.email.as_str() {
        "taken@example.org" => Err(Invalid::new("This email is taken").on(SignUp::FIELDS.email)),
        _ => Ok(()),
    }
}

/// A sign-in.
#[derive(Debug, Form)]
#[form(name = "login", unknown = reject)]
pub struct Login {
    /// Who.
    #[field(autocomplete = "username")]
    pub username: String,
    /// The password.
    #[field(length(..=128), autocomplete = "current-password")]
    pub password: Secret,
    /// Whether to stay signed in.
    pub remember: bool,
}

/// A search, which borrows from the submission.
#[derive(Debug, Form)]
#[form(name = "search")]
pub struct Search<'a> {
    /// What to look for.
    #[field(search, length(..=100))]
    pub q: &'a str,
    /// Which page.
    #[field(range(1..=1000))]
    pub page: Option<u16>,
}
