use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/help#top")]
    Help,
}

fn main() {}
