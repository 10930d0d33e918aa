use secure_forms::query;

fn main() {
    let name = "ada";
    query!("INSERT INTO users (username) VALUES ({name})");
}
