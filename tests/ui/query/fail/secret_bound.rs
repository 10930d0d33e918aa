use secure_forms::query;

fn main() {
    let password = secure_forms::Secret::from(String::new());
    query!("SELECT id FROM users WHERE username = {password}");
}
