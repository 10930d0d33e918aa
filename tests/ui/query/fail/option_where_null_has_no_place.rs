use secure_forms::query;

fn main() {
    let name: Option<&str> = None;
    query!("INSERT INTO users (username, email) VALUES ({name}, 'x')");
}
