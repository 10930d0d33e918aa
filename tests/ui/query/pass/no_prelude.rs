// The macros name everything by its full path.
#![no_implicit_prelude]

struct Option;
struct String;
struct Result;

fn statement(name: &str, age: ::std::option::Option<i64>) {
    let _ = ::secure_forms::query!("SELECT id, username, age FROM users WHERE username = {name} [AND age = {age?}]");
    let _ = (Option, String, Result);
}

static SCHEMA: ::secure_forms::query::Schema = ::secure_forms::schema!();

fn main() {
    statement("ada", ::std::option::Option::None);
    let _ = SCHEMA.migrations();
}
