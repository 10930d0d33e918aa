use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/users/{user_di}")]
    User { user_id: u64 },
}

fn main() {}
