use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/users/{id}")]
    User { id: Option<u64> },
}

fn main() {}
