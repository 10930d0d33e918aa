//! A secret whose name on the wire says it.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(rename = "api-key")]
    access: Option<std::borrow::Cow<'static, str>>,
}

fn main() {}
