//! A UUID that is to be a UUID.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(uuid)]
    key: uuid::Uuid,
}

fn main() {}
