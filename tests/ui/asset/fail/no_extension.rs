//! A file without a type.

fn main() {
    let _ = secure_forms::asset!("static/app");
}
