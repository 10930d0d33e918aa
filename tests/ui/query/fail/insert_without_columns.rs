use secure_forms::query;

fn main() {
    query!("INSERT INTO orgs VALUES (1, 'x')");
}
