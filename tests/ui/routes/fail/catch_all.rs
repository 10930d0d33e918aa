use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/files/{*path}")]
    File { path: u64 },
}

fn main() {}
