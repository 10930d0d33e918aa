use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("users")]
    Users,
}

fn main() {}
