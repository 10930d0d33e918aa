use secure_forms::query;

fn main() {
    let newest = true;
    query!("SELECT id FROM users ORDER BY {newest: true => created | false => username}");
}
