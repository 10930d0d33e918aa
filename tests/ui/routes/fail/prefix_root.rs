use secure_forms::Routes;

#[derive(Routes)]
#[routes(prefix = "/")]
enum Page {
    #[get("/")]
    Home,
}

fn main() {}
