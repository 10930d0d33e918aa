use secure_forms::query;

fn main() {
    let e = "%";
    query!("SELECT id FROM users WHERE username LIKE 'a%' ESCAPE {e}");
}
