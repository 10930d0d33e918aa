//! The derives name nothing that a crate may lack or replace, and invent no name that a field may have.

#![no_implicit_prelude]
#![allow(dead_code, non_camel_case_types, reason = "made to compile, not to run")]

struct Option;
struct Result;
struct String;
struct Vec;
struct Box;
struct Some;
struct None;
struct Ok;
struct Err;
struct str;
struct usize;

#[derive(::secure_forms::Choice)]
enum Size {
    Small,
    Some,
}

#[derive(::secure_forms::Form)]
struct Names<'form> {
    #[field(length(1..), pattern("[a-z]+"), check = check)]
    self_: ::std::string::String,
    #[field(equal_to = self_)]
    result: ::std::string::String,
    r#type: &'form ::std::primitive::str,
    binder: ::std::option::Option<::std::primitive::u8>,
    #[field(range(1..=5))]
    context: ::std::primitive::u8,
    form: Size,
    slot_a: ::std::primitive::bool,
    a: ::secure_forms::Accepted,
    report: ::std::string::String,
    value: ::std::string::String,
    invalid: ::std::string::String,
}

#[derive(::secure_forms::Form)]
struct Waits {
    #[field(check(async) = check_later)]
    name: ::std::string::String,
}

fn check(_: &::std::primitive::str) -> ::std::result::Result<(), ::secure_forms::Invalid> {
    ::std::result::Result::Ok(())
}

async fn check_later(_: &::std::primitive::str) -> ::std::result::Result<(), ::secure_forms::Invalid> {
    ::std::result::Result::Ok(())
}

fn main() {}
