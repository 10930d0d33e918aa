#[derive(Form)]
#[form(unknown = reject)]
struct Search<'q> {
    #[field(search, length(..=100))]
    q: &'q str,
}
