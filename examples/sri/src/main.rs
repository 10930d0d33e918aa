//! Prints the `integrity` value of files, as `openssl dgst -sha384 -binary FILE | openssl base64 -A` does; for `remote_asset!` of saved
//! copies. `-` reads the standard input.

use std::io::{self, Read};
use std::process::ExitCode;

fn main() -> ExitCode {
    let names: Vec<String> = std::env::args().skip(1).collect();
    if names.is_empty() {
        eprintln!("usage: sri FILE…   (- reads the standard input)");
        return ExitCode::FAILURE;
    }
    let mut outcome = ExitCode::SUCCESS;
    for name in names {
        match bytes(&name) {
            Ok(bytes) => println!("{}  {name}", secure_forms::asset::integrity(&bytes)),
            Err(error) => {
                eprintln!("sri: {name}: {error}");
                outcome = ExitCode::FAILURE;
            }
        }
    }
    outcome
}

fn bytes(name: &str) -> io::Result<Vec<u8>> {
    match name {
        "-" => {
            let mut bytes = Vec::new();
            io::stdin().read_to_end(&mut bytes)?;
            Ok(bytes)
        }
        path => std::fs::read(path),
    }
}
