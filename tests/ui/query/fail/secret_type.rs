// A type without `Bind` is not bound, whatever its `Display` says.
use secure_forms::query;

struct Password(String);

fn main() {
    let password = Password(String::new());
    query!("SELECT id FROM users WHERE username = {password}");
}
