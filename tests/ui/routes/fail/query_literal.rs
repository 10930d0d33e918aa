use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/search?sort=newest")]
    Newest,
}

fn main() {}
