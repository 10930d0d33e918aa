//! A secret under another name is found by the table, at compile time too.
use secure_forms::{Form, Secret};

type Pin = Secret;

#[derive(Form)]
#[form(method = get)]
struct Unlock {
    pin: Option<Pin>,
}

fn main() {
    let _ = <Unlock as Form>::SPEC;
}
