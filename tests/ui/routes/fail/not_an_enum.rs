use secure_forms::Routes;

#[derive(Routes)]
struct Page {
    #[allow(dead_code)]
    id: u64,
}

fn main() {}
