use secure_forms::Routes;

#[derive(Routes)]
#[routes(crate = secure_forms)]
enum Page {
    #[get("/")]
    Home,
}

fn main() {}
