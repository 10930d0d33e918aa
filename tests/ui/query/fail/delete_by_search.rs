use secure_forms::query;

fn main() {
    let q = "";
    query!("DELETE FROM users WHERE username LIKE {q: contains}");
}
