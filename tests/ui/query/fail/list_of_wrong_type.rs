use secure_forms::query;

fn main() {
    let ids = "1,2,3";
    query!("SELECT username FROM users WHERE id IN {ids..}");
}
