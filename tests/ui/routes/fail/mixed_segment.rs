use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/v{major}")]
    Version { major: u32 },
}

fn main() {}
