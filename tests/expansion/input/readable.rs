#[derive(Readable)]
struct Theme<T> {
    dark: bool,
    extra: Option<T>,
}
