//! A session identifier is not text that slips into a page or a log.

use secure_forms::session::SessionId;

fn main() {
    println!("signed in as {}", SessionId::generate());
}
