use secure_forms::query;

fn main() {
    query!("SELECT id FROM users -- all of them");
}
