//! Kinds of text on numbers.

use secure_forms::Form;

#[derive(Form)]
struct Machine {
    #[field(color)]
    colour: u32,
    #[field(date)]
    built: u64,
    #[field(time)]
    started: u64,
    #[field(hostname)]
    host: u32,
    #[field(mac)]
    card: u64,
    #[field(ip)]
    address: u32,
}

fn main() {}
