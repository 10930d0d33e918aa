//! A new migration file makes Cargo compile the queries again.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
