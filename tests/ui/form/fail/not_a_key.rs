//! Attributes that hold no keys.

use secure_forms::Form;

#[derive(Form)]
#[form("sign-up")]
struct SignUp {
    #[field(a::b)]
    name: String,
    #[field]
    city: String,
    #[field = "Street"]
    street: String,
    #[field(label = "Country" trim)]
    country: String,
}

fn main() {}
