use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/users/{id}/{id}")]
    User { id: u64 },
}

fn main() {}
