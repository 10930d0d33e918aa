use secure_forms::Routes;

#[derive(Routes)]
#[routes(method = fetch)]
enum Page {
    #[nest("users")]
    Users(UserPage),
    #[nest("/teams")]
    Teams { page: UserPage },
    #[nest(teams)]
    More(UserPage),
    #[nest("/{id}")]
    Other(UserPage),
}

#[derive(Routes)]
enum Site {
    #[nest("/")]
    Users(UserPage),
}

#[derive(Routes)]
#[routes(prefix = "/users")]
enum UserPage {
    #[get("/{id}")]
    Profile { id: u64 },
}

fn main() {}
