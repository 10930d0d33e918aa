//! `cargo run -p contact`, and then http://127.0.0.1:8080.

use std::error::Error;

use secure_forms::csrf::OwnOrigins;
use secure_forms::{FormGuard, KeyRing};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("http://127.0.0.1:8080")?);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    axum::serve(listener, contact::site(guard, "messages".into())).await?;
    Ok(())
}
