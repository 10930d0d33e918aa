use secure_forms::query;

fn main() {
    query!("DELETE FROM users WHERE EXISTS (SELECT 1 FROM notes)");
}
