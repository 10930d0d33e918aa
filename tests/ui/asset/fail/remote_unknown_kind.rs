//! Neither script nor stylesheet.

fn main() {
    let _ = secure_forms::remote_asset!("https://cdn.example.org/lib", "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO");
}
