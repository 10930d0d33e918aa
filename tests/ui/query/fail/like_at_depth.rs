use secure_forms::query;

fn main() {
    let q = "%";
    query!("SELECT id FROM users WHERE username LIKE CASE WHEN 1 THEN {q} END");
}
