use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("//evil.test")]
    Away,
}

fn main() {}
