use secure_forms::Routes;

#[derive(Routes)]
#[routes(handler = PageTable)]
enum Page {
    #[get("/")]
    Home,
}

fn main() {}
