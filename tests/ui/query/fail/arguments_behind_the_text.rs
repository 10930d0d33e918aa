use secure_forms::query;

fn main() {
    let name = "ada";
    query!("SELECT id FROM users WHERE username = {}", name);
}
