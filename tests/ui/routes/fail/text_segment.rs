use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/users/{name}")]
    User { name: String },
}

fn main() {}
