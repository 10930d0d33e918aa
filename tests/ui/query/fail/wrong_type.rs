use secure_forms::query;

fn main() {
    let id = "7";
    query!("SELECT username FROM users WHERE id = {id}");
}
