use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/a\\b")]
    Odd,
}

fn main() {}
