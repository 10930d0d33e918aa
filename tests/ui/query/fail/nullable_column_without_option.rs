use secure_forms::query_as;

struct User {
    age: i64,
}

fn main() {
    let _ = query_as!(User, "SELECT age FROM users");
}
