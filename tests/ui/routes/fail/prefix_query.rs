use secure_forms::Routes;

#[derive(Routes)]
#[routes(prefix = "/admin?{tab}")]
enum Page {
    #[get("/")]
    Home,
}

fn main() {}
