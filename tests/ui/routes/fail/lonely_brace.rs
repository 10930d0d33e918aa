use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/users/{id")]
    User { id: u64 },
}

fn main() {}
