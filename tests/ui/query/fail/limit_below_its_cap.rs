use secure_forms::query;

fn main() {
    let n = 5;
    query!("SELECT id FROM users LIMIT ({n: max 10} - 20)");
}
