//! One key twice, and a key of the enum on a variant.

use secure_forms::Choice;

#[derive(Choice)]
enum Country {
    #[choice(label = "Austria", label = "Österreich")]
    Austria,
    #[choice(crate = ::forms)]
    Norway,
}

fn main() {}
