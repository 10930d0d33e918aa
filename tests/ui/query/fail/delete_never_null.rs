use secure_forms::query;

fn main() {
    query!("DELETE FROM users WHERE username IS NOT NULL");
}
