use secure_forms::Routes;

#[derive(Routes)]
#[routes(handlers, crate = ::secure_forms, crate = ::secure_forms)]
enum Page {
    #[get("/")]
    Home,
}

fn main() {}
