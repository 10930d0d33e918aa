use secure_forms::Form;

#[derive(Form)]
struct Profile {
    #[field(allow(invisble))]
    name: String,
    #[field(allow())]
    title: String,
}

fn main() {}
