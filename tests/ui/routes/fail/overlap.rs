use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/users/{id}")]
    ById { id: u64 },
    #[get("/users/{name}")]
    ByName { name: secure_forms::route::Segment },
}

fn main() {}
