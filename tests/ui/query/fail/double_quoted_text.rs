// SQLite would take "ada" for a text when there is no such column.
use secure_forms::query;

fn main() {
    query!("SELECT id FROM users WHERE username = \"ada\"");
}
