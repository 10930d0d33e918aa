//! A secret in a log line.

use secure_forms::Secret;

fn log(password: &Secret) -> String {
    format!("{password}")
}

fn main() {}
