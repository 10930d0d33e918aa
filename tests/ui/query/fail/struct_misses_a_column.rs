use secure_forms::query_as;

struct User {
    id: i64,
}

fn main() {
    let _ = query_as!(User, "SELECT id, username FROM users");
}
