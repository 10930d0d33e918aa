use secure_forms::query;

fn main() {
    let id = 1;
    query!("DELETE FROM users WHERE id = {id} OR NOT 0");
}
