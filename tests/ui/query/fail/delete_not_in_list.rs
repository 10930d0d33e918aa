use secure_forms::query;

fn main() {
    let keep = [1, 2];
    query!("DELETE FROM users WHERE id NOT IN {keep..}");
}
