use secure_forms::query;

fn main() {
    query!(concat!("SELECT id ", "FROM users"));
}
