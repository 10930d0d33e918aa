//! A borrowed form outlives the bytes it borrows from.

use secure_forms::{Form, Submission};

#[derive(Debug, Form)]
struct Search<'a> {
    q: &'a str,
}

fn main() {
    let search = Submission::from_urlencoded("q=a").bind::<Search<'_>>();
    println!("{:?}", search.is_ok());
}
