//! Each key where it belongs.

#![allow(dead_code, reason = "made to compile, not to run")]

use std::borrow::Cow;

use secure_forms::{Accepted, Choice, EmailAddress, Form, Invalid, Secret, Upload};
use uuid::Uuid;

struct App;

#[derive(Choice, PartialEq)]
enum Plan {
    Free,
    #[choice(value = "biz", label = "For business")]
    Business,
}

#[derive(Form)]
#[form(name = "sign-up", context = App, check = names_differ, unknown = reject, crate = ::secure_forms)]
struct SignUp {
    #[field(label = "Name", help = "As others see it.", trim, length(3..=32, unit = chars, message = "3 to 32"),
            pattern("[a-z]+", message = "letters"), pattern("a", search), check = not_admin, check(async) = is_free)]
    username: String,
    #[field(rename = "e-mail", autocomplete = "email")]
    email: EmailAddress,
    #[field(email(html), tel)]
    contact: Option<String>,
    #[field(length(12..=128, unit = bytes))]
    password: Secret,
    #[field(equal_to = password, message = "Type it again.")]
    confirm: Secret,
    #[field(hidden)]
    key: Uuid,
    #[field(uuid(v7))]
    reference: Option<String>,
    #[field(url(message = "A link."))]
    website: Option<String>,
    #[field(url(public))]
    feed: Option<String>,
    #[field(nfc, allow(invisible))]
    motto: Option<String>,
    #[field(ip(v6))]
    address: Option<String>,
    #[field(mac, one_of("00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff"))]
    card: Option<String>,
    #[field(hostname, none_of("localhost", message = "Another one."))]
    host: Option<String>,
    #[field(slug)]
    slug: Option<String>,
    #[field(color)]
    color: Option<String>,
    #[field(date)]
    day: Option<String>,
    #[field(time)]
    hour: Option<String>,
    #[field(range(0.05..), step(0.05))]
    price: Option<f64>,
    #[field(range(13..=150))]
    age: Option<u8>,
    #[field(range(-1.5..))]
    ratio: f32,
    plan: Plan,
    other_plan: Option<Plan>,
    #[field(multiline, trim = false)]
    bio: Option<String>,
    #[field(accept = ["image/*", ".pdf", "audio/x-wav"], max_size = "2MiB", max_pixels = "12MP")]
    avatar: Option<Upload>,
    newsletter: bool,
    terms: Accepted,
    r#type: String,
    #[field(allow(readable), autocomplete = "section-a shipping street-address")]
    page_token: Option<String>,
    #[field(hidden, url)]
    from: Option<String>,
    #[field(hostname, slug)]
    both: Option<String>,
    #[field(range(0..=255))]
    byte: Option<u8>,
}

fn not_admin(_: &str, _: &App) -> Result<(), Invalid> {
    Ok(())
}

async fn is_free(_: &str, _: &App) -> Result<(), Invalid> {
    Ok(())
}

fn names_differ(_: &SignUp, _: &App) -> Result<(), Invalid> {
    Ok(())
}

#[derive(Form)]
#[form(method = get)]
struct Search<'a> {
    #[field(search)]
    q: &'a str,
    sort: Option<Cow<'a, str>>,
}

#[derive(Form)]
struct Empty {}

fn main() {}
