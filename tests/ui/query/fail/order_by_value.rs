use secure_forms::query;

fn main() {
    let column = "username";
    query!("SELECT id FROM users ORDER BY {column}");
}
