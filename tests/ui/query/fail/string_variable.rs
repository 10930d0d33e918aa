use secure_forms::query;

fn main() {
    let sql = String::from("SELECT id FROM users");
    query!(sql);
}
