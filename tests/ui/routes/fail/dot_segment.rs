use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/a/../b")]
    Up,
}

fn main() {}
