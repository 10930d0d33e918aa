use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/")]
    Home,
    #[post("/logout")]
    Logout,
}

fn main() {}
