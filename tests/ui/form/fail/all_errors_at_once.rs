//! Every mistake of a form is told in one run.

use secure_forms::{Form, Secret};

#[derive(Form)]
#[form(contxt = App)]
struct SignUp {
    #[field(lenght(3..=32))]
    username: String,
    #[field(length(32..=3))]
    nickname: String,
    #[field(pattern("[a-z"))]
    handle: String,
    #[field(label = "E-mail", label = "Email", email(loose))]
    email: String,
    #[field(equal_to = pasword)]
    confirm: Secret,
    password: Secret,
    csrf_token: String,
}

fn main() {}
