use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/caf%C3%A9")]
    Cafe,
}

fn main() {}
