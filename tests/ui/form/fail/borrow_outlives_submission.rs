//! A borrowed form outlives the bytes it borrows from.

use secure_forms::{Form, testing};

#[derive(Debug, Form)]
struct Search<'a> {
    q: &'a str,
}

fn main() {
    let search = testing::submission("q=a").bind::<Search<'_>>();
    println!("{:?}", search.is_ok());
}
