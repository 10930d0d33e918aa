use secure_forms::Routes;

#[derive(Routes)]
#[routes(prefix = "/admin")]
enum Page {
    #[get("/")]
    Home,
    #[nest("/users")]
    Users(UserPage),
}

#[derive(Routes)]
#[routes(prefix = "/users")]
enum UserPage {
    #[get("/{id}")]
    Profile { id: u64 },
}

fn main() {}
