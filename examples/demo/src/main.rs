//! Starts the demo: reads the environment, opens the database, serves until it is told to stop.

use std::error::Error;
use std::process::ExitCode;

use demo::App;
use demo::config::Config;

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

async fn run() -> Result<(), Box<dyn Error>> {
    let config = Config::read(|name| std::env::var(name).ok())?;
    let listener = tokio::net::TcpListener::bind(config.listen).await?;
    let address = listener.local_addr()?;
    let app = App::open(&config, address).await?;
    let site = demo::app(app).layer(axum::middleware::from_fn(demo::access::log));
    println!("demo: http://{address}/");
    demo::server::serve(listener, site, demo::server::stop_signal()).await;
    Ok(())
}
