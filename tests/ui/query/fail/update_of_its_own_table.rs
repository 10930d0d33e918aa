use secure_forms::query;

fn main() {
    query!("UPDATE users SET admin = 0 WHERE id IN (SELECT id FROM users)");
}
