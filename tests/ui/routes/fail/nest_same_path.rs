use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/users/new")]
    NewUser,
    #[nest("/users")]
    Users(UserPage),
}

#[derive(Routes)]
#[routes(prefix = "/users")]
enum UserPage {
    #[get("/new")]
    New,
}

fn main() {}
