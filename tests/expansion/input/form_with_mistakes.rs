#[derive(Form)]
#[form(crate = ::forms, context = App)]
struct SignUp {
    #[field(lenght(3..=32))]
    username: String,
}
