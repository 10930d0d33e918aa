use secure_forms::query;

fn main() {
    let name = Some("ada");
    query!("DELETE FROM users [WHERE username = {name?}]");
}
