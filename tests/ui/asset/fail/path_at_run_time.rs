//! The file is read while the program compiles.

fn main() {
    let _ = secure_forms::asset!(std::env::args().next());
}
