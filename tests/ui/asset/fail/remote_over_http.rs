//! Anyone on the way could see the file.

fn main() {
    let _ = secure_forms::remote_asset!("http://cdn.example.org/lib.js", "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO");
}
