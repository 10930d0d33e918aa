use secure_forms::Routes;

struct Point;

#[derive(Routes)]
enum Page {
    #[get("/map?{at}")]
    Map { at: Point },
}

fn main() {}
