use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/home")]
    Home,
    #[get("/home")]
    Start,
}

fn main() {}
