use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/")]
    Home,
    #[nest("/users")]
    Users(UserAction),
}

#[derive(Routes)]
#[routes(prefix = "/users")]
enum UserAction {
    #[post("/new")]
    New,
}

fn main() {}
