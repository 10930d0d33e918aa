use secure_forms::query;

fn main() {
    let c = "abc";
    query!("SELECT trim(username, {c}) AS text FROM users");
}
