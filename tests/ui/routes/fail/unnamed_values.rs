use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/users/{id}")]
    User(u64),
}

fn main() {}
