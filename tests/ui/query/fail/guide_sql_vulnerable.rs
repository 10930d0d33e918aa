// The line that the security guide warns of: the name is formatted into the statement.
use secure_forms::query;

fn main() {
    let name = "' OR '1'='1";
    query!(format!("SELECT id FROM users WHERE username = '{}'", name));
}
