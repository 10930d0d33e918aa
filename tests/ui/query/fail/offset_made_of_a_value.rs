use secure_forms::query;

fn main() {
    let skip = 5;
    query!("SELECT id FROM users LIMIT 5 OFFSET (SELECT {skip})");
}
