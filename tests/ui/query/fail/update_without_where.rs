use secure_forms::query;

fn main() {
    query!("UPDATE users SET age = 1");
}
