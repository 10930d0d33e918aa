use secure_forms::query;

fn main() {
    let q = "%";
    query!("SELECT id FROM users, (SELECT {q} AS q) WHERE username LIKE q");
}
