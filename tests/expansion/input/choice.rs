#[derive(Choice)]
enum Country {
    Austria,
    #[choice(value = "no", label = "Norge")]
    Norway,
}
