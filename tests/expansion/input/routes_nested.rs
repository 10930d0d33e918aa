#[derive(Routes)]
#[routes(prefix = "/admin")]
enum Admin {
    #[get("/")]
    Home,
    #[nest("/users")]
    Users(UserPage),
    #[nest("/teams")]
    Teams(teams::Page),
}
