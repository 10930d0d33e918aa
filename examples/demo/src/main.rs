//! Starts the demo: reads the environment, opens the database, serves until it is told to stop.

use std::process::ExitCode;

use demo::App;
use demo::config::Config;
use demo::start::StartError;

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
    let listener = tokio::net::TcpListener::bind(config.listen).await;
    let listen = |error: std::io::Error| StartError::Listen { address: config.listen, kind: error.kind() };
    let listener = listener.map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    let app = App::open(&config, address).await?;
    println!("demo: http://{address}/");
    if config.seed
        && let Some((username, password)) = app.example().await?
    {
        println!("demo: sign in as {username}, password: {password}");
    }
    let site = demo::app(app).layer(axum::middleware::from_fn(demo::access::log));
    demo::server::serve(listener, site, demo::server::stop_signal()).await;
    Ok(())
}
