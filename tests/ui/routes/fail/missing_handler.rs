use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/")]
    Home,
    #[get("/help")]
    Help,
}

fn main() {
    let _ = PageHandlers { home: "start" };
}
