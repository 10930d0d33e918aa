#[derive(Choice)]
enum Country {
    Austria,
    Other(String),
}
