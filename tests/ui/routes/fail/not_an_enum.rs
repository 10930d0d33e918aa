use secure_forms::Routes;

#[derive(Routes)]
struct Page {
    id: u64,
}

fn main() {}
