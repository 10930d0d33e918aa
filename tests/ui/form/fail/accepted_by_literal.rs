//! A consent that nobody gave.

use secure_forms::Accepted;

fn forge() -> Accepted {
    Accepted(())
}

fn main() {}
