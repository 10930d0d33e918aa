use secure_forms::query;

fn main() {
    query!("SELEC id FROM users");
}
