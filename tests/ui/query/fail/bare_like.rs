use secure_forms::query;

fn main() {
    let q = "100%";
    query!("SELECT id FROM users WHERE username LIKE {q}");
}
