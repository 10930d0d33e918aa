use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/")]
    #[get("/home")]
    Home,
}

fn main() {}
