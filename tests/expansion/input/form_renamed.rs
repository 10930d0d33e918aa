#[derive(Form)]
#[form(crate = ::forms, name = "note")]
struct Note {
    #[field(multiline, help = "Up to a page")]
    text: String,
}
