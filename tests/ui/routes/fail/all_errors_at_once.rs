use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("home")]
    Home,
    #[get("/users/{di}")]
    User { id: u64 },
    #[post("/logout")]
    Logout,
    Help,
    #[get("/a//b")]
    Gap,
    #[get("/team/{a}")]
    Team { a: u8 },
    #[get("/team/{b}")]
    Group { b: u8 },
}

fn main() {}
