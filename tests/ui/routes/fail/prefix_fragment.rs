use secure_forms::Routes;

#[derive(Routes)]
#[routes(prefix = "/admin#top")]
enum Page {
    #[get("/")]
    Home,
}

fn main() {}
