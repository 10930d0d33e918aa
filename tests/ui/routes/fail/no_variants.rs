use secure_forms::Routes;

#[derive(Routes)]
enum Page {}

fn main() {}
