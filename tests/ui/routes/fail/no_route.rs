use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/")]
    Home,
    Help,
}

fn main() {}
