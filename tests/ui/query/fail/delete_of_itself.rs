use secure_forms::query;

fn main() {
    query!("DELETE FROM users WHERE id = id");
}
