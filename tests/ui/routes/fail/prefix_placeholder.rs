use secure_forms::Routes;

#[derive(Routes)]
#[routes(prefix = "/teams/{team}")]
enum Page {
    #[get("/")]
    Home,
}

fn main() {}
