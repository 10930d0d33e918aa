use secure_forms::Form;

#[derive(Form)]
struct Search<'a> {
    #[field(nfc)]
    words: &'a str,
}

fn main() {}
