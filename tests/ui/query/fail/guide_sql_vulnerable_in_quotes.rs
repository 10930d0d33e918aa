// The same line with the name in braces, still in quotes: a value is bound, never formatted.
use secure_forms::query;

fn main() {
    let name = "' OR '1'='1";
    query!("SELECT id FROM users WHERE username = '{name}'");
}
