//! A form borrows from one submission.

use secure_forms::Form;

#[derive(Form)]
struct Search<'a, 'b> {
    q: &'a str,
    sort: &'b str,
}

fn main() {}
