//! A choice of nothing.

use secure_forms::Choice;

#[derive(Choice)]
enum Country {}

fn main() {}
