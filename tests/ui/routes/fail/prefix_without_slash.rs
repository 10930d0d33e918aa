use secure_forms::Routes;

#[derive(Routes)]
#[routes(prefix = "admin")]
enum Page {
    #[get("/")]
    Home,
}

fn main() {}
