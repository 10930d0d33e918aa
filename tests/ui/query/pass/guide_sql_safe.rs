//! The line that the security guide wants instead: the name is a value of the statement.

fn main() {
    let name = "' OR '1'='1";
    let _ = secure_forms::query!("SELECT id FROM users WHERE username = {name}");
}
