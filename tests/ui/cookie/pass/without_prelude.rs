//! The derive names nothing that a crate may lack or replace.

#![no_implicit_prelude]
#![allow(dead_code, reason = "made to compile, not to run")]

struct Option;
struct Vec;

#[derive(::secure_forms::Readable)]
struct Theme<T> {
    result: T,
    name: ::std::string::String,
}

#[derive(::secure_forms::Readable)]
enum Size {
    Small,
    Large(u8),
}

fn main() {}
