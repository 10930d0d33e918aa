use secure_forms::query;

fn main() {
    query!("SELECT count(*) FROM users");
}
