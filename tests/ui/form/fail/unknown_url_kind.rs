use secure_forms::Form;

#[derive(Form)]
struct Feed {
    #[field(url(pubic))]
    address: String,
}

fn main() {}
