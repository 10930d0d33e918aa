//! Starts the demo: reads the environment, opens the database, serves until it is told to stop.

use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;

use axum::middleware::from_fn;
use demo::App;
use demo::config::Config;
use demo::server::{Server, Tls, stop_signal};
use demo::start::StartError;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("demo: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), StartError> {
    let config = Config::read(|name| std::env::var(name).ok())?;
    let (listener, address) = listen(config.listen, "PORT").await?;
    let origins = config.own_origins(address)?;
    let tls = config.tls.as_ref().map(|source| Tls::of(source, &origins)).transpose()?;
    let app = App::open(&config, address).await?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    say(&format!("{scheme}://{address}/"));
    if config.seed
        && let Some((username, password)) = app.example().await?
    {
        say(&format!("sign in as {username}, password: {password}"));
    }
    let site = demo::app(app.clone()).layer(from_fn(demo::access::log));
    let server = Server::new(site.clone(), &app);
    let server = match tls {
        Some(tls) => server.tls(tls),
        None => server,
    };
    let Some(port) = config.redirect_from else {
        server.run(listener, stop_signal()).await;
        return Ok(());
    };
    let (plain, from) = listen(SocketAddr::new(config.listen.ip(), port), "HTTP_PORT").await?;
    say(&format!("http://{from}/ leads there"));
    // The same site, which answers plain HTTP with the way to HTTPS.
    tokio::join!(server.run(listener, stop_signal()), Server::new(site, &app).run(plain, stop_signal()));
    Ok(())
}

/// A terminal that is gone must not stop the site.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "demo: {line}");
}

async fn listen(address: SocketAddr, variable: &'static str) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |error: std::io::Error| StartError::Listen { address, variable, kind: error.kind() };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}
