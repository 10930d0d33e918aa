use secure_forms::query;

fn main() {
    let _ = query!(unchecked(total: i64), "SELECT count(*) AS n FROM users");
}
