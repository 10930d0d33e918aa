use secure_forms::query;

fn main() {
    let age = 18;
    query!("SELECT id FROM users WHERE id > 0 [AND age = {age?}]");
}
