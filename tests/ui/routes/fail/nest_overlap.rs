use secure_forms::Routes;

#[derive(Routes)]
#[routes(method = get)]
enum Page {
    #[nest("/users")]
    Users(UserPage),
    #[nest("/users")]
    Members(MemberPage),
}

#[derive(Routes)]
#[routes(prefix = "/users")]
enum UserPage {
    #[get("/{id}")]
    ById { id: u64 },
}

#[derive(Routes)]
#[routes(prefix = "/users")]
enum MemberPage {
    #[get("/{name}")]
    ByName { name: secure_forms::route::Segment },
}

fn main() {}
