use secure_forms::query;

fn main() {
    let n = -1;
    query!("SELECT id FROM users LIMIT (SELECT {n})");
}
