use std::sync::{Arc, Mutex};

use axum::extract::{FromRef, State};
use axum::response::{IntoResponse, Response};
use secure_forms::axum::{ProtectionLayer, handle, router};
use secure_forms::csrf::OwnOrigins;
use secure_forms::{Blank, EmailAddress, Form, FormGuard, Invalid, KeyRing, Routes, SecurityHeaders, Submitted};
use uuid::Uuid;

#[derive(Form)]
#[form(context = Accounts)]
struct Register {
    #[field(label = "Name", length(3..=32),
            pattern("[A-Za-z][A-Za-z0-9_.]*", message = "Usernames must have only letters, numbers, dots or underscores"))]
    username: String,
    #[field(check(async) = address_is_free)]
    email: EmailAddress,
    #[field(hidden)]
    activation_key: Uuid,
}

async fn address_is_free(email: &EmailAddress, accounts: &Accounts) -> Result<(), Invalid> {
    if accounts.has(email.as_str()) { Err(Invalid::new("This email is taken")) } else { Ok(()) }
}

#[derive(Routes)]
enum Page {
    #[get("/register")]
    Register,
    #[get("/welcome")]
    Welcome,
}

#[derive(Routes)]
enum Action {
    #[post("/register")]
    Register,
}

async fn show(form: Blank<Register>) -> Response {
    // In real life the key comes from the link in the invitation.
    form.set(Register::FIELDS.activation_key, &Uuid::new_v4()).page().action(&Action::Register).into_response()
}

async fn register(State(accounts): State<Accounts>, form: Submitted<Register>) -> Response {
    match form.validate(&accounts).await {
        Ok(valid) => {
            accounts.add(valid.email.as_str());
            valid.return_to_or(Page::Welcome).into_response()  // 303; cannot leave the site
        }
        Err(rejected) => rejected.into_response(),        // 422, every field filled in again, errors beside them
    }
}

async fn welcome() -> &'static str {
    "Welcome!"
}

#[derive(Clone, FromRef)]
struct App {
    guard: FormGuard,
    accounts: Accounts,
}

#[derive(Clone, Default)]
struct Accounts(Arc<Mutex<Vec<String>>>);  // in real life a `Db` and two `query!`s, as in the demo

impl Accounts {
    fn has(&self, email: &str) -> bool {
        self.0.lock().is_ok_and(|known| known.iter().any(|one| one == email))
    }
    fn add(&self, email: &str) {
        if let Ok(mut known) = self.0.lock() {
            known.push(email.to_owned());
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::var("ADDRESS").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    // The name keeps this program's cookies apart from those of others; the file is made at the first start.
    let keys = KeyRing::load_or_create("readme", "readme.keys")?;
    let guard = FormGuard::new(keys, OwnOrigins::parse(&format!("http://{address}"))?);
    let app = router(PageHandlers { register: handle(show), welcome: handle(welcome) })
        .merge(router(ActionHandlers { register: handle(register) }))
        .layer(ProtectionLayer::new(&guard, &SecurityHeaders::modern()))
        .with_state(App { guard, accounts: Accounts::default() });
    println!("http://{address}/register");
    axum::serve(tokio::net::TcpListener::bind(&address).await?, app).await?;
    Ok(())
}
