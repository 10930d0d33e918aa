use secure_forms::Routes;

const HOME: &str = "/";

#[derive(Routes)]
enum Page {
    #[get(HOME)]
    Home,
}

fn main() {}
