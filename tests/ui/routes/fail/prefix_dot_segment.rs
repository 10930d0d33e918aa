use secure_forms::Routes;

#[derive(Routes)]
#[routes(prefix = "/admin/../users")]
enum Page {
    #[get("/")]
    Home,
}

fn main() {}
