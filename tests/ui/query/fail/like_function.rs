use secure_forms::query;

fn main() {
    let q = "%";
    query!("SELECT id FROM users WHERE like({q}, username)");
}
